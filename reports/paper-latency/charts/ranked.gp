# Draws ranked.svg, ranked.png and ranked.pdf from ranked.dat: gnuplot ranked.gp
reset
data = 'ranked.dat'
if (!exists('suffix')) suffix = ''
if (!exists('picture')) picture = 'svg'
set encoding utf8
if (picture eq 'svg') set terminal svg name 'ranked' size 1000,250 noenhanced font 'DejaVu Sans,12' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,500 noenhanced font 'DejaVu Sans,12' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,1.7361in noenhanced font 'DejaVu Sans,12' fontscale 0.5 linewidth 0.5 pointscale 0.5
set output 'ranked.'.picture.suffix
bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'
set datafile commentschars '#'
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set label 1 'Setups that add parameters add 2.53 M' at screen 0.02, screen 0.8960 left font bold.',15.0'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.8000 left textcolor rgb '#555555' font 'DejaVu Sans,11'
set label 3 'darker: the baseline. Setups that add the same share a bar.' at screen 0.02, screen 0.0560 left textcolor rgb '#555555' font 'DejaVu Sans,10'
set tmargin at screen 0.6400
set bmargin at screen 0.1440
set yrange [2-0.4:-0.6]
unset tics
unset grid
unset border
set multiplot
set lmargin at screen 0.31
set rmargin at screen 0.65
set label 4 'extra parameters' at graph 0, graph 1 left offset 0,0.6 font 'DejaVu Sans,11' textcolor rgb '#333333'
set xrange [0:3.08781e+06]
plot data using ($6 == 0 ? $2/2 : NaN):1:(0):2:($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 noborder fillcolor rgb '#a8a8a8' notitle, \
  data using ($6 == 1 ? $2/2 : NaN):1:(0):2:($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 noborder fillcolor rgb '#333333' notitle, \
  data using 2:1:3 with labels left offset 0.6,0 font 'DejaVu Sans,10' notitle, \
  data using (0):1:7 with labels right offset -0.8,0 font 'DejaVu Sans,10' notitle
unset label
set lmargin at screen 0.70
set rmargin at screen 0.98
set label 4 'extra FLOPs' at graph 0, graph 1 left offset 0,0.6 font 'DejaVu Sans,11' textcolor rgb '#a83f7f'
set xrange [0:1.96429e+07]
plot data using ($6 == 0 ? $4/2 : NaN):1:(0):4:($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 noborder fillcolor rgb '#dda9c6' notitle, \
  data using ($6 == 1 ? $4/2 : NaN):1:(0):4:($1-0.36):($1+0.36) with boxxyerror fillstyle solid 1 noborder fillcolor rgb '#a83f7f' notitle, \
  data using 4:1:5 with labels left offset 0.6,0 font 'DejaVu Sans,10' notitle
unset multiplot
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : 'svg'
if (again) load 'ranked.gp'
