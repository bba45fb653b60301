#!/usr/bin/env bash
# Figures of archive and pipeline over made-up documents: bench/archive.sh [FOLDER] [DOCUMENTS]
# Bars: peak memory under 600 MB, search p95 under 20 ms, ten more in under 2 s
# at 100,000 documents. The folder is kept, so a second run makes no documents.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-$(mktemp -d)}
cargo build --release --quiet --workspace --features xtask/gold --bins
"${CARGO_TARGET_DIR:-target}/release/pipeline-trial" scale "$folder" --documents "${2:-100000}"
