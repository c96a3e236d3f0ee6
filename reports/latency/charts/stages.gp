# Draws stages.svg, stages.png and stages.pdf from stages.dat: gnuplot stages.gp
reset
name = 'stages'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,362 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,724 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,2.5139in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
set output name.'.'.picture.suffix
bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'
strong = bold.',14'
small = 'DejaVu Sans,13'
tiny = 'DejaVu Sans,12'
set datafile commentschars '#'
set minussign
set format '%h'
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set label 1 'conv5_x holds 62 % of the 2.53 M parameters that SE adds (r = 16)' at screen 0.02, screen 0.9282 left font bold.',17.0'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.8619 left textcolor rgb '#555555' font small
set lmargin at screen 0.0672
set rmargin at screen 0.8652
set bmargin at screen 0.2044
set tmargin at screen 0.8066
unit = 1e6
set yrange [5-0.4:-0.6]
set xrange [0:22.0282]
set ytics scale 0 ('r = 2' 0, 'r = 4' 1, 'r = 8' 2, 'r = 16' 3, 'r = 32' 4)
set grid noytics xtics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set xlabel 'extra parameters (M)'
set xtics 5
set format x '%.0f'
set key at screen 0.8902, screen 0.8066 left top Left reverse samplen 1.6 spacing 1.15 noautotitle
plot \
  data index 0 using ($4/unit):1:($3/unit):($4/unit):($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#003f6b' title 'conv2_x', \
  data index 1 using ($4/unit):1:($3/unit):($4/unit):($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#f0b429' title 'conv3_x', \
  data index 2 using ($4/unit):1:($3/unit):($4/unit):($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#2aa981' title 'conv4_x', \
  data index 3 using ($4/unit):1:($3/unit):($4/unit):($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#b94700' title 'conv5_x', \
  data index 0 using (($3+$4)/2/unit):1:5 with labels font tiny textcolor rgb '#ffffff' notitle, \
  data index 1 using (($3+$4)/2/unit):1:5 with labels font tiny textcolor rgb '#000000' notitle, \
  data index 2 using (($3+$4)/2/unit):1:5 with labels font tiny textcolor rgb '#000000' notitle, \
  data index 3 using (($3+$4)/2/unit):1:5 with labels font tiny textcolor rgb '#ffffff' notitle, \
  data index 4 using ($2/unit):1:3 with labels left offset 0.5,0 notitle
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'stages.gp'
