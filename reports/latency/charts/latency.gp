# Draws latency.svg, latency.png and latency.pdf from latency.dat: gnuplot latency.gp
reset
name = 'latency'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,540 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1080 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.7500in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'cold-weights: the ratio matters in conv3_x, conv4_x and conv5_x, not shown which in conv2_x' at screen 0.02, screen 0.9519 left font bold.',14.9'
set label 2 'SE-ResNet-50 · AMD EPYC (3f076c62) · batch 1 · threads 1 · nchw · fp32 · kernel avx512vnni' at screen 0.02, screen 0.9074 left textcolor rgb '#555555' font small
set label 3 'bars: 95 % interval of the median; star: r* (where in range), above which the two layers are no longer where the operations are' at screen 0.02, screen 0.0259 left textcolor rgb '#555555' font tiny
set logscale xy
set logscale x 2
set xrange [1.66667:76.8]
set yrange [12.6377:1298.41]
set format x '%g'
set xtics 2
set xlabel 'reduction ratio r (log scale)'
set ytics (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000)
set grid xtics ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set multiplot
set lmargin at screen 0.0960
set rmargin at screen 0.2804
set bmargin at screen 0.1815
set tmargin at screen 0.8296
set label 10 'hot' at screen 0.0960, graph 1 left offset 0,0.6 font strong
set ylabel 'µs a block (log scale)'
set key at screen 0.8902, screen 0.8296 left top Left reverse samplen 1.6 spacing 1.15 noautotitle
plot \
  data index 0 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#003f6b' notitle, \
  data index 0 using 1:2 with linespoints linewidth 2 dashtype 1 pointtype 7 pointsize 0.8 linecolor rgb '#003f6b' title 'conv2_x', \
  data index 1 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 2 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#f0b429' notitle, \
  data index 2 using 1:2 with linespoints linewidth 2 dashtype 2 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' title 'conv3_x', \
  data index 3 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 4 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#2aa981' notitle, \
  data index 4 using 1:2 with linespoints linewidth 2 dashtype 4 pointtype 9 pointsize 0.8 linecolor rgb '#2aa981' title 'conv4_x', \
  data index 5 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 6 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#b94700' notitle, \
  data index 6 using 1:2 with linespoints linewidth 2 dashtype 3 pointtype 13 pointsize 0.8 linecolor rgb '#b94700' title 'conv5_x', \
  data index 7 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle
unset label 1
unset label 2
unset label 3
unset label 4
set lmargin at screen 0.3844
set rmargin at screen 0.5688
set bmargin at screen 0.1815
set tmargin at screen 0.8296
set label 10 'cold-weights' at screen 0.3844, graph 1 left offset 0,0.6 font strong
unset ylabel
unset key
plot \
  data index 8 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#003f6b' notitle, \
  data index 8 using 1:2 with linespoints linewidth 2 dashtype 1 pointtype 7 pointsize 0.8 linecolor rgb '#003f6b' title 'conv2_x', \
  data index 9 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 10 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#f0b429' notitle, \
  data index 10 using 1:2 with linespoints linewidth 2 dashtype 2 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' title 'conv3_x', \
  data index 11 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 12 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#2aa981' notitle, \
  data index 12 using 1:2 with linespoints linewidth 2 dashtype 4 pointtype 9 pointsize 0.8 linecolor rgb '#2aa981' title 'conv4_x', \
  data index 13 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 14 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#b94700' notitle, \
  data index 14 using 1:2 with linespoints linewidth 2 dashtype 3 pointtype 13 pointsize 0.8 linecolor rgb '#b94700' title 'conv5_x', \
  data index 15 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle
set lmargin at screen 0.6728
set rmargin at screen 0.8572
set bmargin at screen 0.1815
set tmargin at screen 0.8296
set label 10 'cold' at screen 0.6728, graph 1 left offset 0,0.6 font strong
unset ylabel
unset key
plot \
  data index 16 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#003f6b' notitle, \
  data index 16 using 1:2 with linespoints linewidth 2 dashtype 1 pointtype 7 pointsize 0.8 linecolor rgb '#003f6b' title 'conv2_x', \
  data index 17 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 18 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#f0b429' notitle, \
  data index 18 using 1:2 with linespoints linewidth 2 dashtype 2 pointtype 5 pointsize 0.8 linecolor rgb '#f0b429' title 'conv3_x', \
  data index 19 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 20 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#2aa981' notitle, \
  data index 20 using 1:2 with linespoints linewidth 2 dashtype 4 pointtype 9 pointsize 0.8 linecolor rgb '#2aa981' title 'conv4_x', \
  data index 21 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 22 using 1:2:3:4 with yerrorbars linewidth 1.2 pointtype 0 linecolor rgb '#b94700' notitle, \
  data index 22 using 1:2 with linespoints linewidth 2 dashtype 3 pointtype 13 pointsize 0.8 linecolor rgb '#b94700' title 'conv5_x', \
  data index 23 using 1:2 with points pointtype 3 pointsize 1.8 linewidth 1.2 linecolor rgb '#222222' notitle
unset multiplot
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'latency.gp'
