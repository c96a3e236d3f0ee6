# Draws samples.svg, samples.png and samples.pdf from samples.dat: gnuplot samples.gp
reset
data = 'samples.dat'
if (!exists('suffix')) suffix = ''
if (!exists('picture')) picture = 'svg'
set encoding utf8
if (picture eq 'svg') set terminal svg name 'samples' size 1000,560 noenhanced font 'DejaVu Sans,12' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1120 noenhanced font 'DejaVu Sans,12' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.8889in noenhanced font 'DejaVu Sans,12' fontscale 0.5 linewidth 0.5 pointscale 0.5
set output 'samples.'.picture.suffix
bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'
set datafile commentschars '#'
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set label 1 '7739 samples, 341 of them outliers, none dropped; the widest interval of a median is 73.2 % of it' at screen 0.02, screen 0.9536 left font bold.',12.1'
set label 2 'SE-ResNet-50 · AMD EPYC (feee241f) · batch 1 · threads 1 · nchw · fp32 · kernel avx2' at screen 0.02, screen 0.9107 left textcolor rgb '#555555' font 'DejaVu Sans,11'
set label 3 'at the ratios in use; box: quartiles; dark band: 95 % interval of the median' at screen 0.02, screen 0.0250 left textcolor rgb '#555555' font 'DejaVu Sans,10'
set lmargin at screen 0.1200
set rmargin at screen 0.9800
set bmargin at screen 0.2300
set tmargin at screen 0.8600
set xtics scale 0 ("conv2_x, hot 177 µs" 0, "conv3_x, hot 91.8 µs" 1, "conv4_x, hot 55.6 µs" 2, "conv5_x, hot 62.5 µs" 3, "conv2_x, cold-weights 282 µs" 4, "conv3_x, cold-weights 126 µs" 5, "conv4_x, cold-weights 94.8 µs" 6, "conv5_x, cold-weights 135 µs" 7, "conv2_x, cold 347 µs" 8, "conv3_x, cold 155 µs" 9, "conv4_x, cold 108 µs" 10, "conv5_x, cold 138 µs" 11) rotate by 28 right font 'DejaVu Sans,9'
set xrange [-0.6:11.6]
set logscale y
set yrange [0.5432:3.402]
set ytics (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
set ylabel 'sample ÷ median (log scale)'
plot \
  data index 0 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#0072b2' notitle, \
  data index 1 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#e69f00' notitle, \
  data index 2 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#009e73' notitle, \
  data index 3 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#d55e00' notitle, \
  data index 4 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#0072b2' notitle, \
  data index 5 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#e69f00' notitle, \
  data index 6 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#009e73' notitle, \
  data index 7 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#d55e00' notitle, \
  data index 8 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#0072b2' notitle, \
  data index 9 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#e69f00' notitle, \
  data index 10 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#009e73' notitle, \
  data index 11 using 1:2 with points pointtype 7 pointsize 0.35 linecolor rgb '#d55e00' notitle, \
  data index 12 using 1:2:($1-0.32):($1+0.32):2:3 with boxxyerror fillstyle empty border linewidth 1.2 linecolor rgb '#222222' notitle, \
  data index 12 using 1:(1):($1-0.32):($1+0.32):4:5 with boxxyerror fillstyle transparent solid 0.5 noborder fillcolor rgb '#222222' notitle
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : 'svg'
if (again) load 'samples.gp'
