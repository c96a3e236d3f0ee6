# Draws passes.svg, passes.png and passes.pdf from passes.dat: gnuplot passes.gp
reset
name = 'passes'
data = name.'.dat'
if (!exists('suffix')) suffix = ''
first = 'svg'
if (!exists('picture')) picture = first
set encoding utf8
if (picture eq 'svg') set terminal svg name name size 1000,424 noenhanced font 'DejaVu Sans,14' background '#ffffff'
if (picture eq 'png') set terminal pngcairo size 2000,848 noenhanced font 'DejaVu Sans,14' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
if (picture eq 'pdf') set terminal pdfcairo size 6.9444in,2.9444in noenhanced font 'DejaVu Sans,14' fontscale 0.375 linewidth 0.5 pointscale 0.5
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
set label 1 'SE adds 2.8 % [-0.6, 3.9] to a pass here, 1.8 % as published' at screen 0.02, screen 0.9387 left font bold.',17.0'
set label 2 'SE-ResNet-50 · AMD EPYC, batch 1, 1 thread' at screen 0.02, screen 0.8821 left textcolor rgb '#555555' font small
set label 3 'filled: measured here, with its 95 % interval; open: published, without one' at screen 0.02, screen 0.0330 left textcolor rgb '#555555' font tiny
set lmargin at screen 0.2144
set rmargin at screen 0.9750
set bmargin at screen 0.2311
set tmargin at screen 0.8349
set ytics scale 0 ('published: SE-ResNet-50' 0, 'here: SE by the kernel' 1, 'here: SE fused' 2, 'here: SE by oneDNN' 3, 'here: PyTorch eager' 4, 'here: PyTorch scripted' 5)
set yrange [6-0.4:-0.6]
set xrange [-2.786:14.15]
set xlabel '% over a pass without SE'
set grid noytics xtics linecolor rgb '#dddddd' linetype 1 linewidth 0.7
set arrow from 0, graph 0 to 0, graph 1 nohead linecolor rgb '#555555'
unset key
plot data using ($4 > $3 ? $2 : NaN):1:3:4 with xerrorbars pointtype 7 pointsize 1 linewidth 2 linecolor rgb '#0072b2' notitle, \
  data using ($4 > $3 ? NaN : $2):1 with points pointtype 6 pointsize 1.3 linewidth 2 linecolor rgb '#b33c00' notitle, \
  data using 2:1:5 with labels offset 0,0.9 font small notitle
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'passes.gp'
