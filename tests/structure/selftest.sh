#!/usr/bin/env bash
# Proves that check_structure.sh sees what it is there to see: plants one fault at a time in a small tree.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
failures=0

fresh_tree() {
  rm -rf "$work/tree"
  mkdir -p "$work"/tree/{solver,data,rules,model,calibration,scenarios,report,app,mpi,tests,bench,scripts,.ci}
  cd "$work/tree"
  printf '#pragma once\n#include <vector>\n' >solver/solution.hpp
  printf '#pragma once\n#include <yaml-cpp/yaml.h>\n' >data/view.hpp
  printf '#pragma once\n#include "data/view.hpp"\n#include "solver/solution.hpp"\n' >model/economy.hpp
  printf '#include "model/economy.hpp"\n' >app/main.cpp
  printf '#!/usr/bin/env bash\ntrue\n' >scripts/demo
  chmod +x scripts/demo
}

# expect NAME TEXT: the check fails on the tree as it is now, and says TEXT.
expect() {
  local output
  if output="$("$here/check_structure.sh" . 2>&1)"; then
    printf 'not noticed: %s\n' "$1"
  elif [[ "$output" != *"$2"* ]]; then
    printf '%s: expected "%s" in:\n%s\n' "$1" "$2" "$output"
  elif [[ "$output" != *$'\n1 faults' && -z "${3:-}" ]]; then
    printf '%s: more than the planted fault was reported:\n%s\n' "$1" "$output"
  else
    printf 'noticed: %s\n' "$1"
    return
  fi
  failures=$((failures + 1))
}

fresh_tree
"$here/check_structure.sh" . || { echo "the tree without a fault was rejected"; exit 1; }

fresh_tree; printf '#include "data/view.hpp"\n' >>solver/solution.hpp
expect "solver uses data" "solver/solution.hpp:3: solver/ must not include from data/"
fresh_tree; printf '  #  include  <solver/solution.hpp>\n' >>data/view.hpp
expect "data uses solver, spaced and in angle brackets" "data/view.hpp:3: data/ must not include from solver/"
fresh_tree; printf '#include "scenarios/study.hpp"\n' >>model/economy.hpp
expect "model uses scenarios" "model/ must not include from scenarios/"
fresh_tree; printf '#include "report/page.hpp"\n' >scenarios/study.cpp
expect "scenarios use report" "scenarios/ must not include from report/"
fresh_tree; printf '#include "app/main.hpp"\n' >report/page.cpp
expect "report uses app" "report/ must not include from app/"
fresh_tree; printf '#include "tests/helper.hpp"\n' >report/page.cpp
expect "report uses tests" "report/ must not include from tests/"
fresh_tree; printf '#include "../solver/solution.hpp"\n' >report/page.cpp
expect "a path with .." "write the path from the top"
fresh_tree; printf '#include "economy.hpp"\n' >model/economy.cpp
expect "a path without its folder" "write model/economy.hpp"
fresh_tree; printf '#include <yaml-cpp/yaml.h>\n' >model/reader.cpp
expect "a library outside its folder" "model/ must not include yaml-cpp/yaml.h"
fresh_tree; printf '#include "model/b.hpp"\n' >model/a.hpp; printf '#include "model/a.hpp"\n' >model/b.hpp
expect "two headers in a circle" "in a circle: model/"
fresh_tree; printf '#include "model/economy.hpp"\n' >>data/view.hpp
expect "two folders in a circle" "folders include each other in a circle" "and the edge itself"
fresh_tree; seq 701 | sed 's|^|// |' >report/page.cpp
expect "a long file" "report/page.cpp: 701 lines, more than 700"
fresh_tree; chmod -x scripts/demo
expect "a script without its bit" "scripts/demo: is not executable"
fresh_tree; printf 'if true; then\n' >>scripts/demo
expect "a broken script" "scripts/demo: is not valid bash"
fresh_tree; rm -r report
expect "a missing folder" "report/ is missing"

((failures == 0)) || { printf '%d planted faults were not reported as expected\n' "$failures"; exit 1; }
