#!/usr/bin/env bash
# Times and amounts beside dateparser and HeidelTime, in one run: see README.md here.
#   cargo xtask bench times                 everything; prints Markdown tables
#   cargo xtask bench times speed scores    only these (scores speed share curve)
#   cargo xtask bench times --write         puts the tables into bench/README.md
#   ... --words 3000 --rounds 1             a short trial
# Java and Perl must be there; HeidelTime asks for both.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet --package quipu-claims --example measure
wanted=" $* "
case "$wanted" in
  *" share "*) build=yes ;;
  *" speed "* | *" scores "* | *" curve "*) build=no ;;
  *) build=yes ;;
esac
# One selection of features in the whole house, or Cargo compiles everything twice.
if [ "$build" = yes ]; then
  cargo build --release --quiet --workspace --features xtask/gold --bins
fi
venv=target/bench/times-venv
if ! cmp --silent bench/peers/times.txt "$venv/pins"; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: -r bench/peers/times.txt
  cp bench/peers/times.txt "$venv/pins"
fi
# A scorer that errs would judge all sides wrongly.
"$venv/bin/python" -m unittest discover --quiet --start-directory bench --pattern "test_*.py"
exec "$venv/bin/python" bench/times.py "$@"
