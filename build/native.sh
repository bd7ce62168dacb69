#!/usr/bin/env bash
# Builds the native library: native.sh BUILD_FOLDER OUTPUT_FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
output=$2
[[ -f "$build/build.ninja" ]] || { echo "Building the native library ..."; cmake -S native -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null; }
# Only what ninja says when there is nothing to do is left out; compilers and failures are heard.
cmake --build "$build" -- --quiet | sed "/^ninja: no work to do\.$/d"
mkdir -p "$output"
cmp -s "$build/libodmnode.so" "$output/libodmnode.so" || install -m 755 "$build/libodmnode.so" "$output/"
