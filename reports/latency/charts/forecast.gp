# Draws forecast.svg, forecast.png and forecast.pdf from forecast.dat: gnuplot forecast.gp
reset
name = 'forecast'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,560 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,1120 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.8889in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'Half of 234 forecasts are within 6.7 % of what was measured, 95 % within 22 %' at screen 0.02, screen 0.9536 left font bold.',17.0'
set label 2 'grid of shapes · AMD EPYC (3f076c62) · batch 1 · threads 1 · nchw · fp32 · kernel avx512vnni' at screen 0.02, screen 0.9107 left textcolor rgb '#555555' font small
set label 3 'each cell left out in turn; the worst is 37 % off; dashed: 10 % off' at screen 0.02, screen 0.0250 left textcolor rgb '#555555' font tiny
set lmargin at screen 0.0960
set rmargin at screen 0.8225
set bmargin at screen 0.1750
set tmargin at screen 0.8750
set logscale xy
set format x '%g'
set yrange [0.6651:1.503]
set ytics (0.2, 0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2, 5)
set xlabel 'measured, µs (log scale)'
set ylabel 'forecast ÷ measured (log scale)'
set key at screen 0.8475, screen 0.8750 left top Left reverse samplen 1.6 spacing 1.15 noautotitle
plot 1 with lines linecolor rgb '#555555' notitle, \
  1.1 with lines dashtype 2 linecolor rgb '#999999' notitle, \
  1/1.1 with lines dashtype 2 linecolor rgb '#999999' notitle, \
  data index 0 using 1:2 with points pointtype 7 pointsize 0.7 linecolor rgb '#b33c00' title 'hot', \
  data index 1 using 1:2 with points pointtype 6 pointsize 0.7 linecolor rgb '#0072b2' title 'cold-weights', \
  data index 2 using 1:2 with points pointtype 7 pointsize 0.7 linecolor rgb '#8fc6e8' title 'cold'
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'forecast.gp'
