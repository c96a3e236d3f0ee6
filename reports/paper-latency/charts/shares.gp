# Draws shares.svg, shares.png and shares.pdf from shares.dat: gnuplot shares.gp
reset
data = 'shares.dat'
if (!exists('suffix')) suffix = ''
if (!exists('picture')) picture = 'svg'
set encoding utf8
if (picture eq 'svg') set terminal svg name 'shares' size 1000,520 noenhanced font 'DejaVu Sans,12' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1040 noenhanced font 'DejaVu Sans,12' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.6111in noenhanced font 'DejaVu Sans,12' fontscale 0.5 linewidth 0.5 pointscale 0.5
set output 'shares.'.picture.suffix
bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'
set datafile commentschars '#'
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set label 1 'conv5_x has 62 % of SE’s parameters, 23 % of its FLOPs and 5 % of the bytes it gates' at screen 0.02, screen 0.9500 left font bold.',13.9'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.9038 left textcolor rgb '#555555' font 'DejaVu Sans,11'
set lmargin at screen 0.0800
set rmargin at screen 0.8000
set bmargin at screen 0.1000
set tmargin at screen 0.8400
half = 0.101050
set xrange [-0.5:2.5]
set yrange [0:*]
set offsets 0, 0, graph 0.1, 0
set xtics scale 0 ('SE parameters' 0, 'SE FLOPs' 1, 'gated bytes' 2)
set ylabel 'share of all of SE (%)'
set key at screen 0.815, screen 0.83 left top Left reverse samplen 1.2 noautotitle
plot \
  data index 0 using 1:3:($1-half):($1+half):(0):3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#0072b2' title 'conv2_x', \
  data index 1 using 1:3:($1-half):($1+half):(0):3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#e69f00' title 'conv3_x', \
  data index 2 using 1:3:($1-half):($1+half):(0):3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#009e73' title 'conv4_x', \
  data index 3 using 1:3:($1-half):($1+half):(0):3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#d55e00' title 'conv5_x', \
  data using 1:3:4 with labels offset 0,0.7 notitle
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : 'svg'
if (again) load 'shares.gp'
