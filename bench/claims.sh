#!/usr/bin/env bash
# From bytes to claims on one thread, and the share of each stage: see README.md here.
#   cargo xtask bench claims                       everything; prints Markdown tables
#   cargo xtask bench claims speed                 only this (speed curve)
#   ... --words 5000 --rounds 1 --largest 0.4      a short trial
set -euo pipefail
cd "$(dirname "$0")/.."
# One selection of features in the whole house, or Cargo compiles everything twice.
cargo build --release --quiet --workspace --features xtask/gold --bins
exec python3 bench/claims.py "$@"
