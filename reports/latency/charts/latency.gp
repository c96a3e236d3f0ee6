# Draws latency.svg, latency.png and latency.pdf from latency.dat: gnuplot latency.gp
reset
data = 'latency.dat'
if (!exists('suffix')) suffix = ''
if (!exists('picture')) picture = 'svg'
set encoding utf8
if (picture eq 'svg') set terminal svg name 'latency' size 1000,560 noenhanced font 'DejaVu Sans,12' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1120 noenhanced font 'DejaVu Sans,12' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.8889in noenhanced font 'DejaVu Sans,12' fontscale 0.5 linewidth 0.5 pointscale 0.5
set output 'latency.'.picture.suffix
bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'
set datafile commentschars '#'
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set label 1 'cold-weights: the ratio matters in conv3_x, conv4_x and conv5_x, is free in conv2_x' at screen 0.02, screen 0.9536 left font bold.',14.1'
set label 2 'SE-ResNet-50 · AMD EPYC (feee241f) · batch 1 · threads 1 · nchw · fp32 · kernel avx2' at screen 0.02, screen 0.9107 left textcolor rgb '#555555' font 'DejaVu Sans,11'
set label 3 'bars: 95 % interval of the median; open triangle: r*, where it is in range; a third cache state is in the tables' at screen 0.02, screen 0.0250 left textcolor rgb '#555555' font 'DejaVu Sans,10'
set logscale xy
set logscale x 2
set xrange [1.66667:76.8]
set format x '%g'
set xtics 2
set xlabel 'reduction ratio r (log scale)'
set ytics (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000)
set grid xtics ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set yrange [22.8212:1236.41]
set multiplot
set lmargin at screen 0.1000
set rmargin at screen 0.4300
set bmargin at screen 0.1700
set tmargin at screen 0.8000
set label 10 'hot' at graph 0.02, graph 1.05 left font bold.',12'
set ylabel 'µs a block (log scale)'
unset key
plot \
  data index 0 using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 pointsize 0.6 linecolor rgb '#0072b2' title 'conv2_x', \
  data index 1 using 1:2 with points pointtype 8 pointsize 2.2 linewidth 1.5 linecolor rgb '#0072b2' notitle, \
  data index 2 using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 pointsize 0.6 linecolor rgb '#e69f00' title 'conv3_x', \
  data index 3 using 1:2 with points pointtype 8 pointsize 2.2 linewidth 1.5 linecolor rgb '#e69f00' notitle, \
  data index 4 using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 pointsize 0.6 linecolor rgb '#009e73' title 'conv4_x', \
  data index 5 using 1:2 with points pointtype 8 pointsize 2.2 linewidth 1.5 linecolor rgb '#009e73' notitle, \
  data index 6 using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 pointsize 0.6 linecolor rgb '#d55e00' title 'conv5_x', \
  data index 7 using 1:2 with points pointtype 8 pointsize 2.2 linewidth 1.5 linecolor rgb '#d55e00' notitle
unset label 1
unset label 2
unset label 3
set lmargin at screen 0.5200
set rmargin at screen 0.8500
set bmargin at screen 0.1700
set tmargin at screen 0.8000
set label 10 'cold-weights' at graph 0.02, graph 1.05 left font bold.',12'
unset ylabel
set key at screen 0.865, screen 0.80 left top Left reverse samplen 1.2 noautotitle
plot \
  data index 8 using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 pointsize 0.6 linecolor rgb '#0072b2' title 'conv2_x', \
  data index 9 using 1:2 with points pointtype 8 pointsize 2.2 linewidth 1.5 linecolor rgb '#0072b2' notitle, \
  data index 10 using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 pointsize 0.6 linecolor rgb '#e69f00' title 'conv3_x', \
  data index 11 using 1:2 with points pointtype 8 pointsize 2.2 linewidth 1.5 linecolor rgb '#e69f00' notitle, \
  data index 12 using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 pointsize 0.6 linecolor rgb '#009e73' title 'conv4_x', \
  data index 13 using 1:2 with points pointtype 8 pointsize 2.2 linewidth 1.5 linecolor rgb '#009e73' notitle, \
  data index 14 using 1:2:3:4 with yerrorlines linewidth 2 pointtype 7 pointsize 0.6 linecolor rgb '#d55e00' title 'conv5_x', \
  data index 15 using 1:2 with points pointtype 8 pointsize 2.2 linewidth 1.5 linecolor rgb '#d55e00' notitle
unset multiplot
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : 'svg'
if (again) load 'latency.gp'
