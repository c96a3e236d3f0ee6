# Draws roofline.svg, roofline.png and roofline.pdf from roofline.dat: gnuplot roofline.gp
reset
name = 'roofline'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,580 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1160 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,4.0278in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'Memory holds SE back, not arithmetic; hot, it reaches 60 to 91 % of its roof' at screen 0.02, screen 0.9552 left font bold.',17.0'
set label 2 'SE-ResNet-50 · AMD EPYC (3f076c62) · batch 1 · threads 1 · nchw · fp32 · kernel avx512vnni' at screen 0.02, screen 0.9138 left textcolor rgb '#555555' font small
set label 3 'shape: stage; colour: cache state; large: ratios in use; roofs: reading, measured in the same run' at screen 0.02, screen 0.0241 left textcolor rgb '#555555' font tiny
set lmargin at screen 0.0920
set rmargin at screen 0.8225
set bmargin at screen 0.1931
set tmargin at screen 0.8793
set logscale xy
set format '%g'
set xtics (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
set ytics (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
set xrange [0.104322:8.50033]
set yrange [3.36504:365.582]
set xlabel 'FLOP a byte (log scale)'
set ylabel 'GFLOP/s (log scale)'
set key at screen 0.8475, screen 0.8793 left top Left reverse samplen 1.6 spacing 1.15 noautotitle
set arrow 20 from 0.104322,37.4879 to 0.635841,228.489 nohead linecolor rgb '#555555' linewidth 1.2 dashtype 1
set label 20 'L1 359 GB/s' at 0.489109,175.761 right offset 0,0.85 rotate by 27.1 textcolor rgb '#555555' font tiny
set arrow 21 from 0.104322,21.6726 to 1.09984,228.489 nohead linecolor rgb '#555555' linewidth 1.2 dashtype 1
set label 21 'L2 208 GB/s' at 0.84603,175.761 right offset 0,0.85 rotate by 27.1 textcolor rgb '#555555' font tiny
set arrow 22 from 0.104322,10.6545 to 2.23722,228.489 nohead linecolor rgb '#555555' linewidth 1.2 dashtype 1
set label 22 'L3 102 GB/s' at 1.72094,175.761 right offset 0,0.85 rotate by 27.1 textcolor rgb '#555555' font tiny
set arrow 23 from 0.104322,4.20625 to 5.66689,228.489 nohead linecolor rgb '#555555' linewidth 1.2 dashtype 2
set label 23 'memory 40 GB/s' at 4.35915,175.761 right offset 0,0.85 rotate by 27.1 textcolor rgb '#555555' font tiny
set arrow 30 from 0.635841,228.489 to 8.50033,228.489 nohead linecolor rgb '#555555' linewidth 1.2
set label 30 'FMA peak 228 GFLOP/s' at 8.50033,228.489 right offset -0.5,0.5 textcolor rgb '#555555' font tiny
plot \
  data index 0 using 1:2:3 with points pointtype 7 pointsize variable linewidth 1.3 linecolor rgb '#b33c00' notitle, \
  data index 1 using 1:2:3 with points pointtype 5 pointsize variable linewidth 1.3 linecolor rgb '#b33c00' notitle, \
  data index 2 using 1:2:3 with points pointtype 9 pointsize variable linewidth 1.3 linecolor rgb '#b33c00' notitle, \
  data index 3 using 1:2:3 with points pointtype 13 pointsize variable linewidth 1.3 linecolor rgb '#b33c00' notitle, \
  data index 4 using 1:2:3 with points pointtype 6 pointsize variable linewidth 1.3 linecolor rgb '#0072b2' notitle, \
  data index 5 using 1:2:3 with points pointtype 4 pointsize variable linewidth 1.3 linecolor rgb '#0072b2' notitle, \
  data index 6 using 1:2:3 with points pointtype 8 pointsize variable linewidth 1.3 linecolor rgb '#0072b2' notitle, \
  data index 7 using 1:2:3 with points pointtype 12 pointsize variable linewidth 1.3 linecolor rgb '#0072b2' notitle, \
  data index 8 using 1:2:3 with points pointtype 7 pointsize variable linewidth 1.3 linecolor rgb '#8fc6e8' notitle, \
  data index 9 using 1:2:3 with points pointtype 5 pointsize variable linewidth 1.3 linecolor rgb '#8fc6e8' notitle, \
  data index 10 using 1:2:3 with points pointtype 9 pointsize variable linewidth 1.3 linecolor rgb '#8fc6e8' notitle, \
  data index 11 using 1:2:3 with points pointtype 13 pointsize variable linewidth 1.3 linecolor rgb '#8fc6e8' notitle, \
  NaN with points pointtype 6 pointsize 1.2 linecolor rgb '#444444' title 'conv2_x', \
  NaN with points pointtype 4 pointsize 1.2 linecolor rgb '#444444' title 'conv3_x', \
  NaN with points pointtype 8 pointsize 1.2 linecolor rgb '#444444' title 'conv4_x', \
  NaN with points pointtype 12 pointsize 1.2 linecolor rgb '#444444' title 'conv5_x', \
  NaN with points pointtype 7 pointsize 1.2 linewidth 1.3 linecolor rgb '#b33c00' title 'hot', \
  NaN with points pointtype 6 pointsize 1.2 linewidth 1.3 linecolor rgb '#0072b2' title 'cold-weights', \
  NaN with points pointtype 7 pointsize 1.2 linewidth 1.3 linecolor rgb '#8fc6e8' title 'cold'
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'roofline.gp'
