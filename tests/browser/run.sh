#!/usr/bin/env bash
# Runs the browser tests. They open the address in QUIPU_ADDRESS, or else the
# invented archive of crates/quipu-web/examples/serve_fixture.rs.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund --ignore-scripts
if [ -z "${QUIPU_ADDRESS:-}" ]; then
  root=$(cd ../.. && pwd)
  cargo build --manifest-path "$root/Cargo.toml" -p quipu-web --example serve_fixture
  target=$(cargo metadata --manifest-path "$root/Cargo.toml" --no-deps --format-version 1 |
    node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).target_directory')
  said=$(mktemp)
  "$target/debug/examples/serve_fixture" >"$said" &
  server=$!
  trap 'kill "$server" 2>/dev/null || true; rm -f "$said"' EXIT
  for _ in $(seq 150); do
    grep -q '^http' "$said" && break
    kill -0 "$server" || { echo "the server did not start" >&2; exit 1; }
    sleep 0.2
  done
  QUIPU_ADDRESS=$(head -1 "$said")
  export QUIPU_ADDRESS
fi
node --test --test-concurrency=1 ./*.test.mjs
