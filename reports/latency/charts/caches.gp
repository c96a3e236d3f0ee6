# Draws caches.svg, caches.png and caches.pdf from caches.dat: gnuplot caches.gp
reset
name = 'caches'
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
set label 1 'One thread has 46 KiB of L1, 828 KiB of L2 and 15.9 MiB of L3; a load from memory takes 37 ns' at screen 0.02, screen 0.9519 left font bold.',14.6'
set label 2 'AMD EPYC · loads that wait for each other, anywhere within a footprint' at screen 0.02, screen 0.9074 left textcolor rgb '#555555' font small
set label 3 'found: where loads begin to take longer than the level before; others on the machine use shared caches, too' at screen 0.02, screen 0.0259 left textcolor rgb '#555555' font tiny
set lmargin at screen 0.0920
set rmargin at screen 0.9494
set bmargin at screen 0.1815
set tmargin at screen 0.8630
set logscale x 2
set logscale y
set xrange [8:267386.88]
set yrange [0.614822388:80.3350464]
set ytics (1, 2, 5, 10, 20, 50, 100, 200)
set xlabel 'footprint (log scale)'
set ylabel 'ns a load (log scale)'
unset key
set xtics ('8 KiB' 8, '32 KiB' 32, '128 KiB' 128, '512 KiB' 512, '2 MiB' 2048, '8 MiB' 8192, '32 MiB' 32768, '128 MiB' 131072)
set arrow from 46, graph 0.09 to 46, graph 0.97 nohead linecolor rgb '#1f6f8b' linewidth 1 dashtype 1
set label 'L1 found, 46 KiB' at 46, graph 0.950 left offset 0.4, 0 textcolor rgb '#1f6f8b'
set arrow from 827.93457, graph 0.09 to 827.93457, graph 0.97 nohead linecolor rgb '#1f6f8b' linewidth 1 dashtype 1
set label 'L2 found, 828 KiB' at 827.93457, graph 0.950 left offset 0.4, 0 textcolor rgb '#1f6f8b'
set arrow from 16305.8076, graph 0.09 to 16305.8076, graph 0.97 nohead linecolor rgb '#1f6f8b' linewidth 1 dashtype 1
set label 'L3 found, 15.9 MiB' at 16305.8076, graph 0.950 left offset 0.4, 0 textcolor rgb '#1f6f8b'
set arrow from 48, graph 0.00 to 48, graph 0.88 nohead linecolor rgb '#666666' linewidth 1 dashtype 2
set label 'L1 reported, 48 KiB' at 48, graph 0.045 left offset 0.4, 0 textcolor rgb '#666666'
set arrow from 1024, graph 0.00 to 1024, graph 0.88 nohead linecolor rgb '#666666' linewidth 1 dashtype 2
set label 'L2 reported, 1 MiB' at 1024, graph 0.045 left offset 0.4, 0 textcolor rgb '#666666'
plot data index 1 using 1:3:($2-$1):(0) with vectors nohead linewidth 6 linecolor rgb '#cfe3ea', \
  data index 0 using 1:2 with linespoints linewidth 1.6 pointtype 7 pointsize 0.6 linecolor rgb '#1f6f8b'
unset output
again = picture ne 'pdf'
picture = picture eq 'svg' ? 'png' : picture eq 'png' ? 'pdf' : first
if (again) load 'caches.gp'
