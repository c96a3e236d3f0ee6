# Draws errors.svg, errors.png and errors.pdf from errors.dat: gnuplot errors.gp
reset
data = 'errors.dat'
if (!exists('suffix')) suffix = ''
if (!exists('picture')) picture = 'svg'
set encoding utf8
if (picture eq 'svg') set terminal svg name 'errors' size 1000,560 noenhanced font 'DejaVu Sans,12' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1120 noenhanced font 'DejaVu Sans,12' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.8889in noenhanced font 'DejaVu Sans,12' fontscale 0.5 linewidth 0.5 pointscale 0.5
set output 'errors.'.picture.suffix
bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'
set datafile commentschars '#'
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set label 1 'r = 4 has the lowest published top-1 error, 22.25 %; ResNet-50, with the fewest parameters, 23.30 %' at screen 0.02, screen 0.9536 left font bold.',11.8'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.9107 left textcolor rgb '#555555' font 'DejaVu Sans,11'
set label 3 'errors: the authors’ results (arXiv 1709.01507v4, Tables 10 and 13; Table 13; Table 10)' at screen 0.02, screen 0.0250 left textcolor rgb '#555555' font 'DejaVu Sans,10'
set xlabel 'parameters (M)'
set grid xtics
set multiplot
set lmargin at screen 0.1000
set rmargin at screen 0.4800
set bmargin at screen 0.1700
set tmargin at screen 0.8500
set xrange [23.139967:48.116305]
set yrange [22.1240:23.4260]
set ylabel 'published top-1 error (%)' offset 0.5,0
set format y '%.1f'
set label 'ResNet-50' at screen 0.1458, screen 0.7842 left font 'DejaVu Sans,11' front
set label 'only conv2_x' at screen 0.1462, screen 0.6432 left font 'DejaVu Sans,11' front
set arrow from 25.690280,23.0400 to screen 0.1548, screen 0.6934 nohead back linecolor rgb '#aaaaaa' linewidth 0.7
set label 'only conv3_x' at screen 0.1568, screen 0.6934 left font 'DejaVu Sans,11' front
set label 'only conv4_x' at screen 0.1578, screen 0.4604 left font 'DejaVu Sans,11' front
set label 'all stages' at screen 0.1403, screen 0.2765 left font 'DejaVu Sans,11' front
set label 'r = 2' at screen 0.4522, screen 0.2567 left font 'DejaVu Sans,11' front
set label 'r = 4' at screen 0.2991, screen 0.2358 left font 'DejaVu Sans,11' front
set label 'r = 8' at screen 0.2226, screen 0.2410 left font 'DejaVu Sans,11' front
set label 'r = 16' at screen 0.1243, screen 0.2515 left font 'DejaVu Sans,11' front
set label 'r = 32' at screen 0.1051, screen 0.4813 left font 'DejaVu Sans,11' front
plot data index 0 using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#333333' notitle
unset label
unset arrow
set lmargin at screen 0.5950
set rmargin at screen 0.9750
set bmargin at screen 0.1700
set tmargin at screen 0.8500
set xrange [23.139967:48.116305]
set yrange [5.9228:6.6172]
set ylabel 'published top-5 error (%)' offset 0.5,0
set format y '%.1f'
set label 'ResNet-50' at screen 0.6408, screen 0.7842 left font 'DejaVu Sans,11' front
set label 'only conv2_x' at screen 0.6412, screen 0.7156 left font 'DejaVu Sans,11' front
set label 'only conv3_x' at screen 0.6428, screen 0.5590 left font 'DejaVu Sans,11' front
set label 'only conv4_x' at screen 0.6528, screen 0.4610 left font 'DejaVu Sans,11' front
set label 'all stages' at screen 0.6793, screen 0.2750 left font 'DejaVu Sans,11' front
set label 'r = 2' at screen 0.9472, screen 0.2456 left font 'DejaVu Sans,11' front
set label 'r = 4' at screen 0.7941, screen 0.3337 left font 'DejaVu Sans,11' front
set label 'r = 8' at screen 0.7176, screen 0.2358 left font 'DejaVu Sans,11' front
set label 'r = 16' at screen 0.6193, screen 0.2750 left font 'DejaVu Sans,11' front
set label 'r = 32' at screen 0.6001, screen 0.4415 left font 'DejaVu Sans,11' front
plot data index 1 using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#333333' notitle
unset label
unset arrow
unset multiplot
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : 'svg'
if (again) load 'errors.gp'
