#!/bin/bash
# Stands in for an ODM-compatible engine. The option --primary-band says what to do: words separated by commas.
project=; mode=; previous=
for argument; do
  [[ "$previous" == --project-path ]] && project=$argument
  [[ "$previous" == --primary-band ]] && mode=$argument
  previous=$argument
done
id=$previous
folder=$project/$id
printf 'argument <%s>\n' "$@"
echo "$$" > "$folder/engine.pid"
echo run >> "$folder/runs.txt"
progress() { printf 'PGUP/%s/%s/%s' "$$" "$id" "$1" > "/dev/udp/127.0.0.1/$ODMNODE_PROGRESS_PORT"; }
mkdir -p "$folder/odm_orthophoto" "$folder/odm_report"
echo orthophoto > "$folder/odm_orthophoto/odm_orthophoto.tif"
echo '{}' > "$folder/cameras.json"
echo '{}' > "$folder/odm_report/stats.json"
progress 10
for word in ${mode//,/ }; do
  case $word in
    exit*) exit "${word#exit}" ;;
    reason) echo 'ERROR: The photos do not overlap.' >&2 ;;
    error) echo error ;;
    colour) printf '\033[39m[INFO]    Running dataset stage\033[0m\n  indented\n' ;;
    torn) printf 'Gr\xc3'; sleep 0.2; printf '\xbc\xc3\x9fe\n' ;;
    progress) progress 50; progress 20; sleep 0.3 ;;
    sleep*) sleep "${word#sleep}" ;;
    deaf) trap '' TERM; for ((i = 0; i < 600; i++)); do sleep 0.1; done ;;
    once) [[ $(wc -l < "$folder/runs.txt") -gt 1 ]] || sleep 60 ;;
    kill) kill -9 $$ ;;
    big) head -c 12582912 /dev/urandom > "$folder/odm_report/big.bin" ;;
  esac
done
