#!/usr/bin/env bash
# Installs the independent readers of point clouds and models that the tests ask, when the list of them changed.
set -euo pipefail
cd "$(dirname "$0")/../tests/readers"
installed=node_modules/.installed-lock.json
if ! cmp -s package-lock.json "$installed"; then
  npm ci --silent
  cp package-lock.json "$installed"
fi
