#!/usr/bin/env bash
# Runs every test, native and managed, and closes with the sum: test.sh CONFIGURATION NATIVE_BUILD_FOLDER
set -uo pipefail
cd "$(dirname "$0")/.."
configuration=$1
native=$2
logs=artifacts/test-logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0
failed=0

"$native/odmnode_tests" --gtest_brief=1 | tee "$logs/native.log"
status=${PIPESTATUS[0]}
native_passed=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$logs/native.log")
native_failed=$(sed -n 's/^ *\([0-9]*\) FAILED TEST.*/\1/p' "$logs/native.log")
passed=$((passed + ${native_passed:-0}))
failed=$((failed + ${native_failed:-0}))
((status != 0 && ${native_failed:-0} == 0)) && failed=$((failed + 1))

# The page: its parts by themselves, then the whole in a browser against a started node.
(cd web && npm run --silent build:tests) || failed=$((failed + 1))
for kind in unit browser; do
  echo "== web/tests/$kind"
  tap=$logs/web-$kind.tap
  (cd web && node --test --test-concurrency=1 --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="../$tap" .build/tests/"$kind"/*.test.js)
  status=$?
  told() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$tap" 2>/dev/null | tail -1; }
  kind_passed=$(told pass)
  kind_failed=$(($(told fail || echo 0) + 0 + $(told cancelled || echo 0) + 0))
  passed=$((passed + ${kind_passed:-0}))
  failed=$((failed + kind_failed))
  ((status != 0 && kind_failed == 0)) && failed=$((failed + 1))
done

build/s3server.sh artifacts/s3server || failed=$((failed + 1))
build/readers.sh || failed=$((failed + 1))

for project in tests/*Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  echo "== $name"
  dotnet test "$project" -c "$configuration" --no-build -nologo -v quiet \
    --logger "trx;LogFileName=$name.trx" --results-directory "$logs"
  status=$?
  counters=$(grep -o '<Counters [^>]*>' "$logs/$name.trx" 2>/dev/null | head -1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  project_failed=$(count failed)
  passed=$((passed + $(count passed || echo 0) + 0))
  failed=$((failed + ${project_failed:-0}))
  # A run that died before it could count is a failure too.
  ((status != 0 && ${project_failed:-0} == 0)) && failed=$((failed + 1))
done

if ((failed > 0)); then
  grep -h '^ *\[  FAILED  \].*(' "$logs/native.log"
  build/failures.py "$logs"/*.tap "$logs"/*.trx
fi
echo "$passed passed, $failed failed"
((failed == 0))
