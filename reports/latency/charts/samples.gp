# Draws samples.svg, samples.png and samples.pdf from samples.dat: gnuplot samples.gp
reset
name = 'samples'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,452 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,904 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.1389in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'A median’s interval is 42.9 % of it wide (conv4_x, hot) to 43.9 % (conv5_x, cold)' at screen 0.02, screen 0.9425 left font bold.',16.8'
set label 2 'SE-ResNet-50 · AMD EPYC (3f076c62) · batch 1 · threads 1 · nchw · fp32 · kernel avx512vnni' at screen 0.02, screen 0.8894 left textcolor rgb '#555555' font small
set label 3 '4705 samples at the ratios in use, 496 of them outliers, none dropped; box: quartiles; dark band: 95 % interval of the median' at screen 0.02, screen 0.0310 left textcolor rgb '#555555' font tiny
set lmargin at screen 0.2702
set rmargin at screen 0.9750
set bmargin at screen 0.2478
set tmargin at screen 0.8451
set ytics scale 0 ('conv2_x, hot, 113 µs' 0, 'conv3_x, hot, 54.6 µs' 1, 'conv4_x, hot, 33.3 µs' 2, 'conv5_x, hot, 39.4 µs' 3, 'conv2_x, cold-weights, 134 µs' 4, 'conv3_x, cold-weights, 71.7 µs' 5, 'conv4_x, cold-weights, 67.3 µs' 6, 'conv5_x, cold-weights, 108 µs' 7, 'conv2_x, cold, 301 µs' 8, 'conv3_x, cold, 100 µs' 9, 'conv4_x, cold, 95.9 µs' 10, 'conv5_x, cold, 142 µs' 11)
set yrange [11.6:-0.6]
set logscale x
set xrange [0.5083:60.65]
set xtics (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
set xlabel 'sample ÷ median (log scale)'
set grid noytics xtics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
unset key
plot \
  data index 0 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#003f6b' notitle, \
  data index 1 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#f0b429' notitle, \
  data index 2 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#2aa981' notitle, \
  data index 3 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#b94700' notitle, \
  data index 4 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#003f6b' notitle, \
  data index 5 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#f0b429' notitle, \
  data index 6 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#2aa981' notitle, \
  data index 7 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#b94700' notitle, \
  data index 8 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#003f6b' notitle, \
  data index 9 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#f0b429' notitle, \
  data index 10 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#2aa981' notitle, \
  data index 11 using 2:1 with points pointtype 7 pointsize 0.3 linecolor rgb '#b94700' notitle, \
  data index 12 using 2:1:2:3:($1-0.36):($1+0.36) with boxxyerror fillstyle empty border linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 12 using 4:1:4:5:($1-0.36):($1+0.36) with boxxyerror fillstyle transparent solid 0.5 noborder fillcolor rgb '#222222' notitle
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'samples.gp'
