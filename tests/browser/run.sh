#!/usr/bin/env bash
# Runs the browser tests: first the reading room over the invented archive of
# crates/quipu-web/examples/serve_fixture.rs, then the whole program on the demo
# dossier. `cargo xtask check` builds both programs; QUIPU_PROGRAMS names their
# folder (default: target/debug). With QUIPU_ADDRESS set, only the first tests
# run, on that address.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund --ignore-scripts

if [ -n "${QUIPU_ADDRESS:-}" ]; then
  exec node --test --test-concurrency=1 ./*.test.mjs
fi
root=$(cd ../.. && pwd)
programs=${QUIPU_PROGRAMS:-$root/target/debug}
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

# Starts a server in the background and waits for the address it prints.
serve() {
  "$@" >"$work/said" 2>"$work/errors" &
  server=$!
  for _ in $(seq 900); do
    QUIPU_ADDRESS=$(grep -o 'http://127[^ ]*' "$work/said" || true)
    [ -z "$QUIPU_ADDRESS" ] || break
    kill -0 "$server" 2>/dev/null || { cat "$work/errors" >&2; echo "the server did not start: $1" >&2; exit 1; }
    sleep 0.2
  done
  export QUIPU_ADDRESS
}

failed=0
serve "$programs/examples/serve_fixture"
node --test --test-concurrency=1 ./*.test.mjs || failed=1
kill "$server"
serve "$programs/quipu" open "$root/demo/documents" --archive "$work/demo.quipu" --no-browser
node --test --test-concurrency=1 demo/*.test.mjs || failed=1
exit "$failed"
