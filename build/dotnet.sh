#!/usr/bin/env bash
# Builds the solution and leaves a runnable program: dotnet.sh CONFIGURATION OUTPUT_FOLDER
# Nothing is rebuilt when no source is newer than the last build.
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=$1
output=$2
stamp=artifacts/.built-$configuration
if [[ -f "$stamp" && -x "$output/odmnode" ]] && [[ -z "$(find src tests benchmarks native artifacts/web .editorconfig OdmNode.sln Directory.*.props global.json build \
    -type f -newer "$stamp" -not -path '*/obj/*' -not -path '*/bin/*' -not -path '*/build/*' -print -quit)" ]]; then
  exit 0
fi
echo "Building the solution ..."
dotnet build OdmNode.sln -c "$configuration" -v quiet -nologo
# Files of an earlier page carry other names and would stay.
rm -rf "$output/wwwroot"
dotnet publish src/OdmNode/OdmNode.csproj -c "$configuration" -o "$output" --no-build -v quiet -nologo
touch "$stamp"
