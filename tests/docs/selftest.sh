#!/usr/bin/env bash
# A page with a fault must fail, each kind of fault by itself; a page without must not.
# shellcheck disable=SC2016 # backquotes are the pages' own
set -euo pipefail
(($# == 2)) || { echo "usage: selftest.sh LEVEE PROJECT" >&2; exit 1; }
folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
page="$(mktemp --suffix=.md)"
trap 'rm -f "$page"' EXIT
verdict() { "$folder/run_document.sh" "$levee" "$project" "$page" >/dev/null 2>&1; }
levee="$1"
project="$2"
status=0
must_fail() {
  printf '%b' "$2" >"$page"
  ! verdict || { echo "not noticed: $1" >&2; status=1; }
}
printf '%b' 'A page.\n\n```sh\necho one  two\n```\n\n<!-- printed -->\n```text\none two\n```\n' >"$page"
verdict || { echo "a page without faults failed" >&2; status=1; }
must_fail "a command that fails" '```sh\nfalse\n```\n'
must_fail "a command that should have failed" '<!-- exit status: 1 -->\n```sh\ntrue\n```\n'
must_fail "other output" '```sh\necho one\n```\n\n<!-- printed -->\n```text\ntwo\n```\n'
must_fail "a study that is none" '<!-- file: a.yaml -->\n```yaml\nstudy: a\nscenarioss: {}\n```\n'
must_fail "a block without a mark" '```yaml\nstudy: a\n```\n'
must_fail "a dead link" 'See [this](nowhere.md).\n'
must_fail "a block that does not end" '```sh\ntrue\n'
exit "$status"
