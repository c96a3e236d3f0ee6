#!/bin/sh
# run.sh PROGRAM FOLDER: measure side by side and write reports/kernels (QUICK=1: FOLDER/quick, a check of
# the machinery; TABLE=1: only draw again from the CSV). BUDGET is seconds of measuring.
set -eu
program=$1 folder=$2
report=reports/kernels
[ -n "${QUICK:-}" ] && report=$folder/quick
mkdir -p "$report"

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
	"$program" measure "$folder/peers.csv" "${BUDGET:-720}" ${QUICK:+quick}
	cp "$folder/peers.csv" "$report/peers.csv"
fi
"$program" table "$report/peers.csv" "$report"
(cd "$report" && gnuplot peers.gp)
sed -n '/^| ratio/,/^$/p; /^Not measured/,/^$/p; /^\* /p' "$report/README.md"
echo "written: $report/README.md, peers.csv, peers.svg, peers.png"
