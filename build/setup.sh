#!/usr/bin/env bash
# Installs the Debian packages of build/packages.txt that are missing. Without root it prints the command instead.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
while read -r package reason; do
  [[ -z "$package" || "$package" == \#* ]] && continue
  if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed'; then
    echo "missing: $package ($reason)"
    missing+=("$package")
  fi
done < build/packages.txt

if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is missing. Install it from https://dot.net and run make again." >&2
  exit 1
fi

if ! command -v npm >/dev/null || ! node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 22 || (major == 22 && minor >= 12) || (major == 20 && minor >= 19) ? 0 : 1)'; then
  echo "Node.js 20.19 or 22.12 or later, with npm, is missing. Install it from https://nodejs.org and run make again." >&2
  exit 1
fi

((${#missing[@]} == 0)) && exit 0
if [[ $EUID -ne 0 ]]; then
  echo "Run this as root, then make again:" >&2
  echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -y -q --no-install-recommends "${missing[@]}"
