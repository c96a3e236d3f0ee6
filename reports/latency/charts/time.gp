# Draws time.svg, time.png and time.pdf from time.dat: gnuplot time.gp
reset
name = 'time'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,554 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1108 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.8472in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'conv5_x has 62 % of SE’s parameters but takes 23 % of its time' at screen 0.02, screen 0.9531 left font bold.',17.0'
set label 2 'SE-ResNet-50 · AMD EPYC (3f076c62) · batch 1 · threads 1 · nchw · fp32 · kernel avx512vnni' at screen 0.02, screen 0.9097 left textcolor rgb '#555555' font small
set label 3 'at the ratios in use, all blocks of a stage; time: medians of one block, times the blocks; in the title: cold-weights' at screen 0.02, screen 0.0253 left textcolor rgb '#555555' font tiny
set lmargin at screen 0.0800
set rmargin at screen 0.8652
set bmargin at screen 0.1877
set tmargin at screen 0.8736
set yrange [0:100]
set ylabel 'share of all of SE (%)'
set key at screen 0.8902, screen 0.8736 left top Left reverse samplen 1.6 spacing 1.15 invert noautotitle
set xtics scale 0 ("parameters" 0, "FLOPs" 1, "bytes" 2, "time\nhot" 3, "time\ncold\nweights" 4, "time\ncold" 5)
set xrange [-0.6:5.6]
plot \
  data index 0 using 1:2:($1-0.36):($1+0.36):2:3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#003f6b' title 'conv2_x', \
  data index 1 using 1:2:($1-0.36):($1+0.36):2:3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#f0b429' title 'conv3_x', \
  data index 2 using 1:2:($1-0.36):($1+0.36):2:3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#2aa981' title 'conv4_x', \
  data index 3 using 1:2:($1-0.36):($1+0.36):2:3 with boxxyerror fillstyle solid 1 border linecolor rgb '#ffffff' fillcolor rgb '#b94700' title 'conv5_x', \
  data index 0 using 1:4:5 with labels textcolor rgb '#ffffff' font small notitle, \
  data index 1 using 1:4:5 with labels textcolor rgb '#000000' font small notitle, \
  data index 2 using 1:4:5 with labels textcolor rgb '#000000' font small notitle, \
  data index 3 using 1:4:5 with labels textcolor rgb '#ffffff' font small notitle
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'time.gp'
