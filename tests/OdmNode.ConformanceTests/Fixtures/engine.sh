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
report() { printf 'PGUP/%s/%s/%s' "$$" "$id" "$2" > "/dev/udp/127.0.0.1/$1"; }
progress() { report "$ODMNODE_PROGRESS_PORT" "$1"; }
write() { mkdir -p "$(dirname "$folder/$1")" && echo "${2:-$1}" > "$folder/$1"; }
write odm_orthophoto/odm_orthophoto.tif orthophoto
write cameras.json '{}'
write odm_report/stats.json '{}'
progress 10
for word in ${mode//,/ }; do
  case $word in
    exit*) exit "${word#exit}" ;;
    reason) echo 'ERROR: The photos do not overlap.' >&2 ;;
    error) echo error ;;
    colour) printf '\033[39m[INFO]    Running dataset stage\033[0m\n  indented\n' ;;
    torn) printf 'Gr\xc3'; sleep 0.2; printf '\xbc\xc3\x9fe\n' ;;
    progress) progress 50; progress 20; sleep 0.3 ;;
    report*) progress "${word#report}" ;;
    odmport) report 6367 60 ;;
    port) echo "port <$ODMNODE_PROGRESS_PORT>" ;;
    where) echo "folder <$PWD> noninteractive <$ODM_NONINTERACTIVE>" ;;
    lines*) seq 1 "${word#lines}" ;;
    sleep*) sleep "${word#sleep}" ;;
    hold) until [[ -e "$folder/release" ]]; do sleep 0.02; done ;;
    deaf) trap '' TERM; for ((i = 0; i < 600; i++)); do sleep 0.1; done ;;
    once) [[ $(wc -l < "$folder/runs.txt") -gt 1 ]] || sleep 60 ;;
    tree) (trap '' TERM; sleep 60 & echo "$!" > "$folder/child.pid"; wait) ;;
    burn*) for ((i = 0; i < $(nproc); i++)); do timeout "${word#burn}" bash -c 'while :; do :; done' & done; wait ;;
    kill) kill -9 $$ ;;
    fill*) head -c "${word#fill}" /dev/urandom > "$folder/odm_report/fill.bin" ;;
    sparse*) truncate -s "${word#sparse}" "$folder/odm_report/sparse.dat" ;;
    # Thousands of files: links cost far less than files of their own.
    thousands*)
      mkdir -p "$folder/many/0" && (cd "$folder/many/0" && seq -f 'entry-%g.txt' 1 1000 | xargs touch)
      for ((i = 1; i < ${word#thousands}; i++)); do cp -rl "$folder/many/0" "$folder/many/$i"; done ;;
    write:*) write "${word#write:}" ;;
    delete:*) rm -r "${folder:?}/${word#delete:}" ;;
    blockzip) mkdir -p "$folder/all.zip.partial" ;;
  esac
done
