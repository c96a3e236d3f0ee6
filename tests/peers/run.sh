#!/bin/sh
# run.sh PROGRAM FOLDER: measure side by side and write reports/kernels/<machine> and the page that compares
# machines (QUICK=1: FOLDER/quick, a check of the machinery; TABLE=1: only draw again from every CSV). BUDGET is
# seconds of measuring. BATCH=1, 8 or 32 measures that part alone; a part stays in FOLDER for the next.
set -eu
program=$1 folder=$2
root=reports/kernels
[ -n "${QUICK:-}" ] && root=$folder/quick

if [ -z "${TABLE:-}" ]; then
	library() {
		for f in build/peers/node_modules/onnxruntime-node/bin/napi-v*/linux/*/libonnxruntime.so*; do
			case $f in */"$1"/*) [ -e "$f" ] && echo "$f" && return ;; esac
		done
	}
	case $(uname -m) in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
	if [ -z "$(library $arch)" ] && command -v npm >/dev/null 2>&1; then
		mkdir -p build/peers
		# without its script, which fetches what only graphics cards need
		npm --prefix build/peers install --ignore-scripts --no-audit --no-fund --silent onnxruntime-node@1 ||
			echo "secost: npm could not install onnxruntime-node" >&2
	fi
	PEERS_FOLDER=$folder
	ONNXRUNTIME_LIBRARY=$(library $arch)
	PEERS_PYTHON=${PEERS_PYTHON:-/usr/bin/python3}
	PEERS_TORCH=tests/peers/torch_child.py
	PEERS_PACKAGES=$(dpkg-query -W -f '${Package} ${Version}, ' libdnnl2 libxnnpack0 python3-torch \
		libopenblas0-openmp 2>/dev/null | sed 's/, $//') || true
	export PEERS_FOLDER ONNXRUNTIME_LIBRARY PEERS_PYTHON PEERS_TORCH PEERS_PACKAGES
	PEERS_BATCH=${BATCH:-}
	export PEERS_BATCH
	if [ -n "${BATCH:-}" ]; then rm -f "$folder/part-all.csv"; else rm -f "$folder"/part-*.csv; fi
	"$program" measure "$folder/part-${BATCH:-all}.csv" "${BUDGET:-720}" ${QUICK:+quick}
	cat "$folder"/part-*.csv > "$folder/peers.csv"
	report=$root/$("$program" fingerprint "$folder/peers.csv")
	mkdir -p "$report"
	cp "$folder/peers.csv" "$report/peers.csv"
fi
for csv in "$root"/*/peers.csv; do
	"$program" table "$csv" "${csv%/*}"
	(cd "${csv%/*}" && gnuplot peers.gp)
done
"$program" compare "$root"/*/peers.csv > "$root/README.md"
sed -n '/^\* /p; /^| ratio/,/^$/p' "$root/README.md"
echo "written: $root/README.md and a folder for each machine"
