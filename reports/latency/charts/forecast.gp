# Draws forecast.svg, forecast.png and forecast.pdf from forecast.dat: gnuplot forecast.gp
reset
data = 'forecast.dat'
if (!exists('suffix')) suffix = ''
if (!exists('picture')) picture = 'svg'
set encoding utf8
if (picture eq 'svg') set terminal svg name 'forecast' size 1000,600 noenhanced font 'DejaVu Sans,12' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1200 noenhanced font 'DejaVu Sans,12' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,4.1667in noenhanced font 'DejaVu Sans,12' fontscale 0.5 linewidth 0.5 pointscale 0.5
set output 'forecast.'.picture.suffix
bold = picture eq 'svg' ? 'DejaVu Sans' : 'DejaVu Sans:Bold'
set datafile commentschars '#'
set border 3 linecolor rgb '#555555'
set tics nomirror out scale 0.5 textcolor rgb '#222222'
set grid ytics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set label 1 'Forecasts of 234 cells left out in turn: half within 5.7 %, 95 % within 19 %, worst 29 % off' at screen 0.02, screen 0.9567 left font bold.',12.7'
set label 2 'grid of shapes · AMD EPYC (feee241f) · batch 1 · threads 1 · nchw · fp32 · kernel avx2' at screen 0.02, screen 0.9167 left textcolor rgb '#555555' font 'DejaVu Sans,11'
set label 3 'dashed: 10 % off' at screen 0.02, screen 0.0233 left textcolor rgb '#555555' font 'DejaVu Sans,10'
set lmargin at screen 0.0900
set rmargin at screen 0.8400
set bmargin at screen 0.1500
set tmargin at screen 0.8500
set logscale xy
set format x '%g'
set yrange [0.7397:1.352]
set ytics (0.2, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 5)
set xlabel 'measured, µs (log scale)'
set ylabel 'forecast ÷ measured (log scale)'
set key at screen 0.855, screen 0.85 left top Left reverse samplen 1.2 noautotitle
plot 1 with lines linecolor rgb '#555555' notitle, \
  1.1 with lines dashtype 2 linecolor rgb '#999999' notitle, \
  1/1.1 with lines dashtype 2 linecolor rgb '#999999' notitle, \
  data index 0 using 1:2 with points pointtype 7 pointsize 0.7 linecolor rgb '#d55e00' title 'hot', \
  data index 1 using 1:2 with points pointtype 7 pointsize 0.7 linecolor rgb '#0072b2' title 'cold-weights', \
  data index 2 using 1:2 with points pointtype 7 pointsize 0.7 linecolor rgb '#56b4e9' title 'cold'
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : 'svg'
if (again) load 'forecast.gp'
