# Draws shares.svg, shares.png and shares.pdf from shares.dat: gnuplot shares.gp
reset
name = 'shares'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,500 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1000 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.4722in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'conv5_x has 62 % of SE’s parameters, 23 % of its FLOPs and 5 % of the bytes it gates' at screen 0.02, screen 0.9480 left font bold.',16.2'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.9000 left textcolor rgb '#555555' font small
set lmargin at screen 0.0740
set rmargin at screen 0.8652
set bmargin at screen 0.0960
set tmargin at screen 0.8280
half = 0.101050
set xrange [-0.5:2.5]
set yrange [0:*]
set offsets 0, 0, graph 0.10, 0
set xtics scale 0 ('SE parameters' 0, 'SE FLOPs' 1, 'gated bytes' 2)
set ylabel 'share of all of SE (%)'
set key at screen 0.8902, screen 0.8280 left top Left reverse samplen 1.6 spacing 1.15 noautotitle
plot \
  data index 0 using 1:3:($1-half):($1+half):(0):3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#003f6b' title 'conv2_x', \
  data index 1 using 1:3:($1-half):($1+half):(0):3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#f0b429' title 'conv3_x', \
  data index 2 using 1:3:($1-half):($1+half):(0):3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#2aa981' title 'conv4_x', \
  data index 3 using 1:3:($1-half):($1+half):(0):3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#b94700' title 'conv5_x', \
  data using 1:3:4 with labels offset 0,0.7 font small notitle
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'shares.gp'
