#!/usr/bin/env bash
# Builds the native library: native.sh BUILD_FOLDER OUTPUT_FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
build=$1
output=$2
[[ -f "$build/build.ninja" ]] || cmake -S native -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
cmake --build "$build" -- --quiet
mkdir -p "$output"
cmp -s "$build/libodmnode.so" "$output/libodmnode.so" || install -m 755 "$build/libodmnode.so" "$output/"
