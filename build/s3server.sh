#!/usr/bin/env bash
# Installs the object store that the tests upload to: s3server.sh OUTPUT_FOLDER
# Its packages are fetched only when the list of them has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
source=tests/s3server
output=$1
mkdir -p "$output"
cp "$source/server.js" "$output/"
cmp -s "$source/package-lock.json" "$output/.installed" && exit 0
echo "Installing the object store of the tests ..."
cp "$source/package.json" "$source/package-lock.json" "$source/.npmrc" "$output/"
(cd "$output" && npm ci --silent)
cp "$source/package-lock.json" "$output/.installed"
