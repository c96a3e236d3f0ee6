# Draws peers.svg and peers.png from peers.dat: gnuplot peers.gp
reset
if (!exists('picture')) picture = 'svg'
set encoding utf8
if (picture eq 'svg') set terminal svg name 'peers' size 1500,1400 noenhanced font 'DejaVu Sans,13' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 3000,2800 noenhanced font 'DejaVu Sans,13' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'
set output 'peers.'.picture
set multiplot
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set logscale y 2
set yrange [0.446429:20]
set ytics 2
set format y '%g'
set xrange [-1:28.2]
set label 1 'The SE forward pass: secost is ahead of every engine in 165 of 200 cells' at screen 0.02, screen 0.985 left font 'DejaVu Sans:Bold,17'
set label 2 'Time over the floor (weights read, x read, x copied to y), each engine at its fastest; lower is better. AMD EPYC, L1d 48 KiB, L2 1024 KiB a core, L3 508 MiB' at screen 0.02, screen 0.967 left textcolor rgb '#555555'
set label 3 'secost' at screen 0.05, screen 0.942 left offset 1,0 point pointsize 1.25 linecolor rgb '#d55e00' pointtype 7
set label 4 'oneDNN' at screen 0.18, screen 0.942 left offset 1,0 point pointsize 1.25 linecolor rgb '#0072b2' pointtype 9
set label 5 'XNNPACK' at screen 0.31, screen 0.942 left offset 1,0 point pointsize 1.25 linecolor rgb '#009e73' pointtype 5
set label 6 'ONNX Runtime' at screen 0.44, screen 0.942 left offset 1,0 point pointsize 1.25 linecolor rgb '#7f7f7f' pointtype 13
set label 7 'PyTorch' at screen 0.57, screen 0.942 left offset 1,0 point pointsize 1.25 linecolor rgb '#cc79a7' pointtype 11
set lmargin at screen 0.045
set rmargin at screen 0.495
set tmargin at screen 0.9
set bmargin at screen 0.75125
set title 'N 1, 1 thread' font 'DejaVu Sans:Bold,13' offset 0,-0.6
set xtics format ''
plot 1 linecolor rgb '#222222' linewidth 1.2 notitle, \
  'peers.dat' index 0 using 1:7:xtic('') with points pointsize 1 linecolor rgb '#cc79a7' pointtype 11 notitle, \
  'peers.dat' index 0 using 1:6:xtic('') with points pointsize 1 linecolor rgb '#7f7f7f' pointtype 13 notitle, \
  'peers.dat' index 0 using 1:5:xtic('') with points pointsize 1 linecolor rgb '#009e73' pointtype 5 notitle, \
  'peers.dat' index 0 using 1:4:xtic('') with points pointsize 1 linecolor rgb '#0072b2' pointtype 9 notitle, \
  'peers.dat' index 0 using 1:3:xtic('') with points pointsize 1.25 linecolor rgb '#d55e00' pointtype 7 notitle, \
  'peers.dat' index 0 using 1:3:8 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#d55e00' notitle, \
  'peers.dat' index 0 using 1:4:9 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#0072b2' notitle, \
  'peers.dat' index 0 using 1:5:10 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#009e73' notitle, \
  'peers.dat' index 0 using 1:6:11 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#7f7f7f' notitle, \
  'peers.dat' index 0 using 1:7:12 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#cc79a7' notitle
unset label
set lmargin at screen 0.53
set rmargin at screen 0.98
set tmargin at screen 0.9
set bmargin at screen 0.75125
set title 'N 1, 2 threads' font 'DejaVu Sans:Bold,13' offset 0,-0.6
set xtics format ''
plot 1 linecolor rgb '#222222' linewidth 1.2 notitle, \
  'peers.dat' index 1 using 1:7:xtic('') with points pointsize 1 linecolor rgb '#cc79a7' pointtype 11 notitle, \
  'peers.dat' index 1 using 1:6:xtic('') with points pointsize 1 linecolor rgb '#7f7f7f' pointtype 13 notitle, \
  'peers.dat' index 1 using 1:5:xtic('') with points pointsize 1 linecolor rgb '#009e73' pointtype 5 notitle, \
  'peers.dat' index 1 using 1:4:xtic('') with points pointsize 1 linecolor rgb '#0072b2' pointtype 9 notitle, \
  'peers.dat' index 1 using 1:3:xtic('') with points pointsize 1.25 linecolor rgb '#d55e00' pointtype 7 notitle, \
  'peers.dat' index 1 using 1:3:8 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#d55e00' notitle, \
  'peers.dat' index 1 using 1:4:9 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#0072b2' notitle, \
  'peers.dat' index 1 using 1:5:10 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#009e73' notitle, \
  'peers.dat' index 1 using 1:6:11 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#7f7f7f' notitle, \
  'peers.dat' index 1 using 1:7:12 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#cc79a7' notitle
unset label
set lmargin at screen 0.045
set rmargin at screen 0.495
set tmargin at screen 0.70125
set bmargin at screen 0.5525
set title 'N 1, 1 thread, cold weights' font 'DejaVu Sans:Bold,13' offset 0,-0.6
set xtics format ''
plot 1 linecolor rgb '#222222' linewidth 1.2 notitle, \
  'peers.dat' index 2 using 1:7:xtic('') with points pointsize 1 linecolor rgb '#cc79a7' pointtype 11 notitle, \
  'peers.dat' index 2 using 1:6:xtic('') with points pointsize 1 linecolor rgb '#7f7f7f' pointtype 13 notitle, \
  'peers.dat' index 2 using 1:5:xtic('') with points pointsize 1 linecolor rgb '#009e73' pointtype 5 notitle, \
  'peers.dat' index 2 using 1:4:xtic('') with points pointsize 1 linecolor rgb '#0072b2' pointtype 9 notitle, \
  'peers.dat' index 2 using 1:3:xtic('') with points pointsize 1.25 linecolor rgb '#d55e00' pointtype 7 notitle, \
  'peers.dat' index 2 using 1:3:8 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#d55e00' notitle, \
  'peers.dat' index 2 using 1:4:9 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#0072b2' notitle, \
  'peers.dat' index 2 using 1:5:10 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#009e73' notitle, \
  'peers.dat' index 2 using 1:6:11 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#7f7f7f' notitle, \
  'peers.dat' index 2 using 1:7:12 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#cc79a7' notitle
unset label
set lmargin at screen 0.53
set rmargin at screen 0.98
set tmargin at screen 0.70125
set bmargin at screen 0.5525
set title 'N 1, 2 threads, cold weights' font 'DejaVu Sans:Bold,13' offset 0,-0.6
set xtics format ''
plot 1 linecolor rgb '#222222' linewidth 1.2 notitle, \
  'peers.dat' index 3 using 1:7:xtic('') with points pointsize 1 linecolor rgb '#cc79a7' pointtype 11 notitle, \
  'peers.dat' index 3 using 1:6:xtic('') with points pointsize 1 linecolor rgb '#7f7f7f' pointtype 13 notitle, \
  'peers.dat' index 3 using 1:5:xtic('') with points pointsize 1 linecolor rgb '#009e73' pointtype 5 notitle, \
  'peers.dat' index 3 using 1:4:xtic('') with points pointsize 1 linecolor rgb '#0072b2' pointtype 9 notitle, \
  'peers.dat' index 3 using 1:3:xtic('') with points pointsize 1.25 linecolor rgb '#d55e00' pointtype 7 notitle, \
  'peers.dat' index 3 using 1:3:8 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#d55e00' notitle, \
  'peers.dat' index 3 using 1:4:9 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#0072b2' notitle, \
  'peers.dat' index 3 using 1:5:10 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#009e73' notitle, \
  'peers.dat' index 3 using 1:6:11 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#7f7f7f' notitle, \
  'peers.dat' index 3 using 1:7:12 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#cc79a7' notitle
unset label
set lmargin at screen 0.045
set rmargin at screen 0.495
set tmargin at screen 0.5025
set bmargin at screen 0.35375
set title 'N 8, 1 thread' font 'DejaVu Sans:Bold,13' offset 0,-0.6
set xtics format ''
plot 1 linecolor rgb '#222222' linewidth 1.2 notitle, \
  'peers.dat' index 4 using 1:7:xtic('') with points pointsize 1 linecolor rgb '#cc79a7' pointtype 11 notitle, \
  'peers.dat' index 4 using 1:6:xtic('') with points pointsize 1 linecolor rgb '#7f7f7f' pointtype 13 notitle, \
  'peers.dat' index 4 using 1:5:xtic('') with points pointsize 1 linecolor rgb '#009e73' pointtype 5 notitle, \
  'peers.dat' index 4 using 1:4:xtic('') with points pointsize 1 linecolor rgb '#0072b2' pointtype 9 notitle, \
  'peers.dat' index 4 using 1:3:xtic('') with points pointsize 1.25 linecolor rgb '#d55e00' pointtype 7 notitle, \
  'peers.dat' index 4 using 1:3:8 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#d55e00' notitle, \
  'peers.dat' index 4 using 1:4:9 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#0072b2' notitle, \
  'peers.dat' index 4 using 1:5:10 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#009e73' notitle, \
  'peers.dat' index 4 using 1:6:11 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#7f7f7f' notitle, \
  'peers.dat' index 4 using 1:7:12 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#cc79a7' notitle
unset label
set lmargin at screen 0.53
set rmargin at screen 0.98
set tmargin at screen 0.5025
set bmargin at screen 0.35375
set title 'N 8, 2 threads' font 'DejaVu Sans:Bold,13' offset 0,-0.6
set xtics format ''
plot 1 linecolor rgb '#222222' linewidth 1.2 notitle, \
  'peers.dat' index 5 using 1:7:xtic('') with points pointsize 1 linecolor rgb '#cc79a7' pointtype 11 notitle, \
  'peers.dat' index 5 using 1:6:xtic('') with points pointsize 1 linecolor rgb '#7f7f7f' pointtype 13 notitle, \
  'peers.dat' index 5 using 1:5:xtic('') with points pointsize 1 linecolor rgb '#009e73' pointtype 5 notitle, \
  'peers.dat' index 5 using 1:4:xtic('') with points pointsize 1 linecolor rgb '#0072b2' pointtype 9 notitle, \
  'peers.dat' index 5 using 1:3:xtic('') with points pointsize 1.25 linecolor rgb '#d55e00' pointtype 7 notitle, \
  'peers.dat' index 5 using 1:3:8 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#d55e00' notitle, \
  'peers.dat' index 5 using 1:4:9 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#0072b2' notitle, \
  'peers.dat' index 5 using 1:5:10 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#009e73' notitle, \
  'peers.dat' index 5 using 1:6:11 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#7f7f7f' notitle, \
  'peers.dat' index 5 using 1:7:12 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#cc79a7' notitle
unset label
set lmargin at screen 0.045
set rmargin at screen 0.495
set tmargin at screen 0.30375
set bmargin at screen 0.155
set title 'N 32, 1 thread' font 'DejaVu Sans:Bold,13' offset 0,-0.6
set xtics format '%s' rotate by 90 right font 'DejaVu Sans,12'
plot 1 linecolor rgb '#222222' linewidth 1.2 notitle, \
  'peers.dat' index 6 using 1:7:xtic(2) with points pointsize 1 linecolor rgb '#cc79a7' pointtype 11 notitle, \
  'peers.dat' index 6 using 1:6:xtic(2) with points pointsize 1 linecolor rgb '#7f7f7f' pointtype 13 notitle, \
  'peers.dat' index 6 using 1:5:xtic(2) with points pointsize 1 linecolor rgb '#009e73' pointtype 5 notitle, \
  'peers.dat' index 6 using 1:4:xtic(2) with points pointsize 1 linecolor rgb '#0072b2' pointtype 9 notitle, \
  'peers.dat' index 6 using 1:3:xtic(2) with points pointsize 1.25 linecolor rgb '#d55e00' pointtype 7 notitle, \
  'peers.dat' index 6 using 1:3:8 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#d55e00' notitle, \
  'peers.dat' index 6 using 1:4:9 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#0072b2' notitle, \
  'peers.dat' index 6 using 1:5:10 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#009e73' notitle, \
  'peers.dat' index 6 using 1:6:11 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#7f7f7f' notitle, \
  'peers.dat' index 6 using 1:7:12 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#cc79a7' notitle
unset label
set lmargin at screen 0.53
set rmargin at screen 0.98
set tmargin at screen 0.30375
set bmargin at screen 0.155
set title 'N 32, 2 threads' font 'DejaVu Sans:Bold,13' offset 0,-0.6
set xtics format '%s' rotate by 90 right font 'DejaVu Sans,12'
plot 1 linecolor rgb '#222222' linewidth 1.2 notitle, \
  'peers.dat' index 7 using 1:7:xtic(2) with points pointsize 1 linecolor rgb '#cc79a7' pointtype 11 notitle, \
  'peers.dat' index 7 using 1:6:xtic(2) with points pointsize 1 linecolor rgb '#7f7f7f' pointtype 13 notitle, \
  'peers.dat' index 7 using 1:5:xtic(2) with points pointsize 1 linecolor rgb '#009e73' pointtype 5 notitle, \
  'peers.dat' index 7 using 1:4:xtic(2) with points pointsize 1 linecolor rgb '#0072b2' pointtype 9 notitle, \
  'peers.dat' index 7 using 1:3:xtic(2) with points pointsize 1.25 linecolor rgb '#d55e00' pointtype 7 notitle, \
  'peers.dat' index 7 using 1:3:8 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#d55e00' notitle, \
  'peers.dat' index 7 using 1:4:9 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#0072b2' notitle, \
  'peers.dat' index 7 using 1:5:10 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#009e73' notitle, \
  'peers.dat' index 7 using 1:6:11 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#7f7f7f' notitle, \
  'peers.dat' index 7 using 1:7:12 with labels offset 0,0.6 font 'DejaVu Sans,10' textcolor rgb '#cc79a7' notitle
unset label
unset multiplot
unset output
again = picture eq 'svg'
picture = again ? 'png' : 'svg'
if (again) load 'peers.gp'
