#!/usr/bin/env bash
# Checks the shape of a source tree against rules.txt beside this file:
#   - #include lines between folders, and of libraries that one folder alone may use
#   - cycles between files, and between folders
#   - the length of source files
#   - scripts: executable, valid bash
# Usage: check_structure.sh ROOT. Prints every fault and exits with 1 when there is one.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "${1:?usage: check_structure.sh ROOT}"
faults=0
fault() { printf '%s\n' "$*"; faults=$((faults + 1)); }

declare -A may_use only_in
folders=()
longest=
while read -r kind name rest; do
  case "$kind" in
    folder) name="${name%:}" may_use[$name]=" $name $rest " folders+=("$name") ;;
    only) only_in[${name%:}]=" $rest " ;;
    lines) longest="$name" ;;
    "" | "#"*) ;;
    *) fault "rules.txt: unknown rule '$kind'" ;;
  esac
  name="" rest=""
done <"$here/rules.txt"

sources=()
for folder in "${folders[@]}"; do
  if [[ -d "$folder" ]]; then
    while read -r file; do sources+=("$file"); done < <(find "$folder" -name '*.[ch]pp' | sort)
  else
    fault "$folder/ is missing"
  fi
done
((${#sources[@]})) || fault "no source files under $PWD"

# file:line:header, one an #include, whatever the spaces.
includes() { grep -HnoE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"][^>"]+' "$@" | sed -E 's/#.*[<"]/ /; s/:[[:space:]]+/:/g' || true; }

edges="$(mktemp)"
trap 'rm -f "$edges"' EXIT
while IFS=: read -r file line header; do
  from="${file%%/*}"
  to="${header%%/*}"
  if [[ "$header" == *..* ]]; then
    fault "$file:$line: includes $header: write the path from the top of the tree"
  elif [[ "$header" == */* && -n "${may_use[$to]:-}" ]]; then
    [[ "${may_use[$from]}" == *" $to "* ]] || fault "$file:$line: $from/ must not include from $to/ ($header)"
    printf '%s %s\n' "$file" "$header" >>"$edges"
  elif [[ "$header" == tests/* || "$header" == bench/* ]]; then
    fault "$file:$line: $from/ must not include from ${to}/ ($header)"
  elif [[ "$header" != */* && -f "$from/$header" ]]; then
    fault "$file:$line: includes $header: write $from/$header"
  fi
  for prefix in "${!only_in[@]}"; do
    if [[ "$header" == "$prefix"* && "${only_in[$prefix]}" != *" $from "* ]]; then
      fault "$file:$line: $from/ must not include $header: only${only_in[$prefix]% } may"
    fi
  done
done < <(((${#sources[@]})) && includes "${sources[@]}")

# tsort names the members of each loop on standard error.
if ! loop="$(tsort "$edges" 2>&1 >/dev/null)"; then
  fault "files include each other in a circle: $(sed -n 's/^tsort: \([^ ]*\/[^ ]*\)$/\1/p' <<<"$loop" | paste -sd ' ')"
fi
if ! loop="$(sed -E 's|/[^ ]*||g' "$edges" | awk '$1 != $2' | sort -u | tsort 2>&1 >/dev/null)"; then
  fault "folders include each other in a circle: $(sed -n 's/^tsort: \([a-z]*\)$/\1/p' <<<"$loop" | paste -sd ' ')"
fi

while read -r count file; do
  ((count <= longest)) || fault "$file: $count lines, more than $longest"
done < <(find "${folders[@]}" tests bench fuzz -name '*.[ch]pp' -exec awk 'END { print NR, FILENAME }' {} \; 2>/dev/null)

scripts=0
for script in scripts/* .ci/*; do
  [[ -f "$script" && "$script" != *.txt ]] || continue
  scripts=$((scripts + 1))
  [[ -x "$script" ]] || fault "$script: is not executable"
  first="$(head -n 1 "$script")"
  case "$first" in
    '#!/usr/bin/env bash') bash -n "$script" || fault "$script: is not valid bash" ;;
    '#!/bin/sh') sh -n "$script" || fault "$script: is not valid sh" ;;
    '#!/usr/bin/env '*) ;;
    *) fault "$script: does not begin with #!/usr/bin/env and a program" ;;
  esac
done
((scripts)) || fault "no scripts under $PWD/scripts"

((faults == 0)) || { printf '%d faults\n' "$faults"; exit 1; }
printf 'Structure: %d source files, %d scripts, no fault\n' "${#sources[@]}" "$scripts"
