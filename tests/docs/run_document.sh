#!/usr/bin/env bash
# Does what a page of documentation tells its reader to do, in a copy of the shipped files, and fails where that fails.
#
#   ```sh                          is run; it must succeed, or exit with N where <!-- exit status: N --> stands above it
#   ```sh   <!-- not run: why -->  is not run
#   ```csv  <!-- file: PATH -->    is written to PATH before anything else
#   ```yaml <!-- file: PATH -->    is written to PATH and must satisfy `levee check`
#   ```yaml <!-- fragment -->      is part of a file and not tested
#   ```text <!-- printed -->       each of its lines must be printed by the command block before it (blanks may differ)
#
# The mark stands in the line above the block. Relative links must lead to a file.
set -euo pipefail
(($# == 3)) || { echo "usage: run_document.sh LEVEE PROJECT PAGE" >&2; exit 1; }
levee="$(realpath "$1")"
project="$(realpath "$2")"
page="$(realpath "$3")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
copy="$work/levee"
mkdir -p "$copy/build/release" "$copy/tests" "$work/blocks"
cp -r "$project"/{data,scenarios,scripts,docs,README.md} "$copy"
cp -r "$project/tests/published" "$copy/tests"
ln -s "$levee" "$copy/build/release/levee"
export PATH="$copy/build/release:$PATH" OPENBLAS_NUM_THREADS=1
name="$(basename "$page")"
fail() { printf '%s:%s: %s\n' "$name" "$1" "$2" >&2; failures=$((failures + 1)); }
failures=0
ran=0

# A line of the index a block: its first line, language, mark; the text lies in blocks/LINE.
awk -v blocks="$work/blocks" '
  /^```/ && !open { open = 1; language = substr($0, 4); line = NR; print line "\t" language "\t" mark; text = blocks "/" line
                    printf "" > text; next }
  /^```/ { open = 0; mark = ""; close(text); next }
  open { print > text; next }
  /^<!-- .* -->$/ { mark = $0; sub(/^<!-- */, "", mark); sub(/ *-->$/, "", mark); next }
  { mark = "" }
  END { if (open) { print NR "\tunclosed\t" } }' "$page" >"$work/index"

squeezed() { sed -e 's/[[:space:]]\+/ /g' -e 's/^ //' -e 's/ $//' "$1"; }

: >"$work/output"
cd "$copy"
while IFS=$'\t' read -r line language mark; do
  [[ "$language:$mark" == csv:file:\ * ]] || continue
  mkdir -p "$(dirname "${mark#file: }")"
  cp "$work/blocks/$line" "${mark#file: }"
done <"$work/index"
while IFS=$'\t' read -r line language mark; do
  text="$work/blocks/$line"
  case "$language:$mark" in
    sh:not\ run:\ *) ;;
    sh: | sh:exit\ status:*)
      expected=0
      [[ -z "$mark" ]] || expected="${mark#exit status: }"
      status=0
      bash -euo pipefail "$text" >"$work/output" 2>&1 </dev/null || status=$?
      ran=$((ran + 1))
      if ((status != expected)); then
        fail "$line" "the commands ended with exit status $status, expected $expected; they printed:"
        tail -n 20 "$work/output" >&2
      fi ;;
    yaml:file:\ *)
      path="${mark#file: }"
      mkdir -p "$(dirname "$path")"
      cp "$text" "$path"
      ran=$((ran + 1))
      if ! levee check "$path" >"$work/check" 2>&1; then
        fail "$line" "levee check does not accept $path:"
        cat "$work/check" >&2
      fi ;;
    csv:file:\ * | csv:fragment | yaml:fragment | text:) ;;
    text:printed)
      squeezed "$work/output" >"$work/printed"
      while read -r wanted; do
        [[ -z "$wanted" ]] || grep -qxF -- "$wanted" "$work/printed" || fail "$line" "not printed any more: $wanted"
      done < <(squeezed "$text") ;;
    *) fail "$line" "the block '$language' with the mark '$mark' is of no known kind" ;;
  esac
done <"$work/index"

while read -r link; do
  target="${link%%#*}"
  [[ -z "$target" || -e "$(dirname "$page")/$target" ]] || fail 0 "the link to '$target' leads nowhere"
done < <(grep -oE '\]\([^)]+\)' "$page" | sed -e 's/^](//' -e 's/)$//' | grep -vE '^[a-z]+:' || true)

((failures == 0)) || exit 1
printf '%s: %s blocks run\n' "$name" "$ran"
