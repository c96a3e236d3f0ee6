# Draws errors.svg, errors.png and errors.pdf from errors.dat: gnuplot errors.gp
reset
name = 'errors'
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
set label 1 'r = 4 has the lowest published top-1 error, 22.25 %; the cheapest, ResNet-50, has 23.30 %' at screen 0.02, screen 0.9519 left font bold.',15.3'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.9074 left textcolor rgb '#555555' font small
set label 3 'errors: the authors’ results (arXiv 1709.01507v4, Tables 10 and 13)' at screen 0.02, screen 0.0259 left textcolor rgb '#555555' font tiny
set xlabel 'parameters (M)'
set multiplot
set lmargin at screen 0.0960
set rmargin at screen 0.4675
set bmargin at screen 0.1815
set tmargin at screen 0.8444
set xrange [23.139967:48.116305]
set yrange [22.1240:23.4260]
set ylabel 'published top-1 error (%)' offset 0.5,0
set xtics 5
set format x '%.0f'
set ytics 0.2
set format y '%.1f'
set label 'ResNet-50' at screen 0.1410, screen 0.7803 left font small front
set label 'only conv2_x' at screen 0.1413, screen 0.6428 left font small front
set label 'only conv3_x' at screen 0.1429, screen 0.6775 left font small front
set label 'only conv4_x' at screen 0.1527, screen 0.4350 left font small front
set label 'all stages, r = 16' at screen 0.1786, screen 0.2905 left font small front
set label 'r = 2' at screen 0.4405, screen 0.2660 left font small front
set label 'r = 4' at screen 0.2909, screen 0.2456 left font small front
set label 'r = 8' at screen 0.2160, screen 0.2507 left font small front
set label 'r = 32' at screen 0.1599, screen 0.4850 left font small front
plot data index 0 using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#333333' notitle
unset label
unset arrow
set lmargin at screen 0.5835
set rmargin at screen 0.9550
set bmargin at screen 0.1815
set tmargin at screen 0.8444
set xrange [23.139967:48.116305]
set yrange [5.9228:6.6172]
set ylabel 'published top-5 error (%)' offset 0.5,0
set xtics 5
set format x '%.0f'
set ytics 0.1
set format y '%.1f'
set label 'ResNet-50' at screen 0.6285, screen 0.7803 left font small front
set label 'only conv2_x' at screen 0.6288, screen 0.7135 left font small front
set label 'only conv3_x' at screen 0.6304, screen 0.5607 left font small front
set label 'only conv4_x' at screen 0.6402, screen 0.4949 left font small front
set label 'all stages, r = 16' at screen 0.6661, screen 0.2838 left font small front
set label 'r = 2' at screen 0.9280, screen 0.2552 left font small front
set label 'r = 4' at screen 0.7784, screen 0.3411 left font small front
set label 'r = 8' at screen 0.7035, screen 0.2456 left font small front
set label 'r = 32' at screen 0.6474, screen 0.4461 left font small front
plot data index 1 using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#333333' notitle
unset label
unset arrow
unset multiplot
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'errors.gp'
