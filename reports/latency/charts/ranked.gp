# Draws ranked.svg, ranked.png and ranked.pdf from ranked.dat: gnuplot ranked.gp
reset
name = 'ranked'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,242 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,484 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,1.6806in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'The setups add from 1.27 M (r = 32) to 20.1 M parameters (r = 2)' at screen 0.02, screen 0.8926 left font bold.',17.0'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.7934 left textcolor rgb '#555555' font small
set label 3 'darker: the baseline. Setups that add the same share a bar.' at screen 0.02, screen 0.0579 left textcolor rgb '#555555' font tiny
set yrange [5-0.4:-0.6]
unset tics
unset grid
unset border
set multiplot
set lmargin at screen 0.3200
set rmargin at screen 0.6700
set bmargin at screen 0.1488
set tmargin at screen 0.6033
set label 4 'extra parameters' at graph 0, graph 1 left offset 0,0.6 font small textcolor rgb '#333333'
set xrange [0:2.46539e+07]
plot data using ($6 == 0 ? $2/2 : NaN):1:(0):2:($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 noborder fillcolor rgb '#a8a8a8' notitle, \
  data using ($6 == 1 ? $2/2 : NaN):1:(0):2:($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 noborder fillcolor rgb '#333333' notitle, \
  data using 2:1:3 with labels left offset 0.6,0 font tiny notitle, \
  data using (0):1:7 with labels right offset -0.8,0 font tiny notitle
unset label
set lmargin at screen 0.7000
set rmargin at screen 0.9800
set bmargin at screen 0.1488
set tmargin at screen 0.6033
set label 4 'extra FLOPs' at graph 0, graph 1 left offset 0,0.6 font small textcolor rgb '#a83f7f'
set xrange [0:6.65454e+07]
plot data using ($6 == 0 ? $4/2 : NaN):1:(0):4:($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 noborder fillcolor rgb '#dda9c6' notitle, \
  data using ($6 == 1 ? $4/2 : NaN):1:(0):4:($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 noborder fillcolor rgb '#a83f7f' notitle, \
  data using 4:1:5 with labels left offset 0.6,0 font tiny notitle
unset multiplot
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'ranked.gp'
