#!/usr/bin/env bash
# Measures COLMAP on a folder of photos: colmap.sh PHOTOS WORK [LONGEST_SIDE]
set -euo pipefail
photos=$(realpath "$1")
work=$2
side=${3:-2000}
command -v colmap >/dev/null || { echo "colmap is missing: apt-get install colmap"; exit 1; }
[[ ! -e "$work" ]] || { echo "$work exists: give a new folder"; exit 1; }
mkdir -p "$work/sparse"
export QT_QPA_PLATFORM=offscreen

step() {
  local name=$1
  shift
  /usr/bin/time -f "$name: %e s wall, %U s user, %S s system, %M KiB highest" -o "$work/$name.time" "$@" >"$work/$name.log" 2>&1
  cat "$work/$name.time"
}

step features colmap feature_extractor --database_path "$work/database.db" --image_path "$photos" \
  --ImageReader.single_camera 1 --ImageReader.camera_model OPENCV \
  --SiftExtraction.max_image_size "$side" --SiftExtraction.use_gpu 0
step matching colmap exhaustive_matcher --database_path "$work/database.db" --SiftMatching.use_gpu 0
step mapping colmap mapper --database_path "$work/database.db" --image_path "$photos" --output_path "$work/sparse"
for model in "$work"/sparse/*/; do
  echo "model $(basename "$model"):"
  colmap model_analyzer --path "$model" 2>&1 | sed 's/^.*\] *//' | grep -E 'images|Points|Observations|track|observations|error' | sed 's/^/  /'
done
