# Draws stages.svg, stages.png and stages.pdf from stages.dat: gnuplot stages.gp
reset
data = 'stages.dat'
if (!exists('suffix')) suffix = ''
if (!exists('picture')) picture = 'svg'
set encoding utf8
if (picture eq 'svg') set terminal svg name 'stages' size 1000,560 noenhanced font 'DejaVu Sans,12' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1120 noenhanced font 'DejaVu Sans,12' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.8889in noenhanced font 'DejaVu Sans,12' fontscale 0.5 linewidth 0.5 pointscale 0.5
set output 'stages.'.picture.suffix
bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'
set datafile commentschars '#'
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set label 1 'conv5_x holds 62 % of the 2.53 M parameters that SE adds' at screen 0.02, screen 0.9536 left font bold.',15.0'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.9107 left textcolor rgb '#555555' font 'DejaVu Sans,11'
set lmargin at screen 0.0900
set rmargin at screen 0.8000
set bmargin at screen 0.1000
set tmargin at screen 0.8600
unit = 1e6
set xrange [-0.7:1-0.3]
set yrange [0:2.78409]
unset xtics
set ylabel 'extra parameters (M)'
set key at screen 0.815, screen 0.84 left top Left reverse samplen 1.2 invert noautotitle
plot \
  data index 0 using 1:($4/unit):($1-0.36):($1+0.36):($3/unit):($4/unit) with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#0072b2' title 'conv2_x', \
  data index 1 using 1:($4/unit):($1-0.36):($1+0.36):($3/unit):($4/unit) with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#e69f00' title 'conv3_x', \
  data index 2 using 1:($4/unit):($1-0.36):($1+0.36):($3/unit):($4/unit) with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#009e73' title 'conv4_x', \
  data index 3 using 1:($4/unit):($1-0.36):($1+0.36):($3/unit):($4/unit) with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#d55e00' title 'conv5_x', \
  data index 0 using 1:(($3+$4)/2/unit):5 with labels font 'DejaVu Sans,10' textcolor rgb '#ffffff' notitle, \
  data index 1 using 1:(($3+$4)/2/unit):5 with labels font 'DejaVu Sans,10' textcolor rgb '#000000' notitle, \
  data index 2 using 1:(($3+$4)/2/unit):5 with labels font 'DejaVu Sans,10' textcolor rgb '#000000' notitle, \
  data index 3 using 1:(($3+$4)/2/unit):5 with labels font 'DejaVu Sans,10' textcolor rgb '#ffffff' notitle, \
  data index 4 using 1:($2/unit):3 with labels offset 0,0.7 notitle, \
  data index 4 using 1:(0):4 with labels center offset 0,-1 notitle
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : 'svg'
if (again) load 'stages.gp'
