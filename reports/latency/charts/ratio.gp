# Draws ratio.svg, ratio.png and ratio.pdf from ratio.dat: gnuplot ratio.gp
reset
name = 'ratio'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,480 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,960 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,3.3333in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'From r = 2 to 32: extra parameters 78.8 % → 5.0 %, extra FLOPs 0.66 % → 0.18 %' at screen 0.02, screen 0.9458 left font bold.',17.0'
set label 2 'SE-ResNet-50 · input 3×224×224 · batch 1 · fp32 · rules: parameters learnable, FLOPs exact' at screen 0.02, screen 0.8958 left textcolor rgb '#555555' font small
set label 3 '%: of the network without SE' at screen 0.02, screen 0.0292 left textcolor rgb '#555555' font tiny
set logscale x 2
set xrange [1.60214:48.5029]
set xtics ('2' 2, '4' 4, '8' 8, '16' 16, '32' 32)
set xlabel 'reduction ratio r (log scale)'
set multiplot
set lmargin at screen 0.0880
set rmargin at screen 0.4795
set bmargin at screen 0.2042
set tmargin at screen 0.8375
set ylabel 'extra parameters (%)' offset 0.5,0
set yrange [0:92.9991]
set format y '%g'
plot data using 1:2 with linespoints linewidth 2 pointtype 7 pointsize 0.8 linecolor rgb '#333333' notitle, \
  data using 1:2:3 with labels left offset 0.6,0.7 font small notitle
unset label
set lmargin at screen 0.5755
set rmargin at screen 0.9670
set bmargin at screen 0.2042
set tmargin at screen 0.8375
set ylabel 'extra FLOPs (%)' offset 0.5,0
set yrange [0:0.781091]
set format y '%g'
plot data using 1:4 with linespoints linewidth 2 pointtype 7 pointsize 0.8 linecolor rgb '#cc79a7' notitle, \
  data using 1:4:5 with labels left offset 0.6,0.7 font small notitle
unset multiplot
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'ratio.gp'
