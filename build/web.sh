#!/usr/bin/env bash
# Builds the page that the node serves at '/': web.sh OUTPUT_FOLDER
# Packages are installed only when the list of them changed, and nothing is rebuilt when no source is newer.
set -euo pipefail
cd "$(dirname "$0")/.."
output=$1
installed=web/node_modules/.installed-lock.json

if ! cmp -s web/package-lock.json "$installed"; then
  echo "Installing the packages of the page ..."
  (cd web && npm ci --silent)
  cp web/package-lock.json "$installed"
fi

if [[ -f "$output/index.html" ]] && [[ -z "$(find web build/web.sh -type f -newer "$output/index.html" \
    -not -path 'web/node_modules/*' -not -path 'web/.build/*' -not -path 'web/tests/*' -print -quit)" ]]; then
  exit 0
fi
echo "Building the page ..."
(cd web && npm run --silent build -- --logLevel warn --outDir "$(realpath --relative-to=. "../$output")")
