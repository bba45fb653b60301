#!/usr/bin/env bash
# Speed and memory beside the peers, in one run. See README.md here.
#   cargo xtask bench            everything but the 100,000 documents
#   cargo xtask bench pdf html   only these
#   cargo xtask bench scale      100,000 small documents
#   cargo xtask bench annotate   trees and names beside spaCy
#   cargo xtask bench claims     from bytes to claims, and the share of each stage
#   cargo xtask bench times      times and amounts beside dateparser and HeidelTime
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${1:-}" = scale ]; then
  shift
  exec bench/archive.sh "$@"
fi
if [ "${1:-}" = annotate ]; then
  shift
  exec bench/annotate.sh "$@"
fi
if [ "${1:-}" = claims ]; then
  shift
  exec bench/claims.sh "$@"
fi
if [ "${1:-}" = times ]; then
  shift
  exec bench/times.sh "$@"
fi
# One selection of features in the whole house, or Cargo compiles everything twice.
cargo build --release --quiet --workspace --features xtask/gold --bins
if [ ! -x target/bench/venv/bin/python ]; then
  python3 -m venv target/bench/venv
  target/bench/venv/bin/pip install --quiet --disable-pip-version-check -r bench/peers/requirements.txt
fi
exec target/bench/venv/bin/python bench/run.py "$@"
