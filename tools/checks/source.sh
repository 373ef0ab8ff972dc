#!/usr/bin/env bash
# Checks rules that no compiler does: documentation, sizes of files and folders, Foundation, paths.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"

cd "$root"
failures=0

# Reports the violations $2, one a line, under the heading $1.
report() {
    [ -n "$2" ] || return 0
    printf '%s: %s:\n%s\n' "$program" "$1" "$2" >&2
    failures=1
}

# A public declaration follows a line of documentation, with only attributes and directives between. `description` is
# documented by the standard library.
undocumented=$(find Sources -name '*.swift' -print0 | xargs -0 awk '
    FNR == 1 { documented = 0 }
    /^[[:space:]]*\/\/\// { documented = 1; next }
    /^[[:space:]]*(@|#)/ && !/public/ { next }
    /^[[:space:]]*(@[A-Za-z_]+(\([^)]*\))? )*public / {
        if (!documented && !/var description: String/) print FILENAME ":" FNR ": " $0
    }
    { documented = 0 }
')
report "public declarations without documentation" "$undocumented"

long=$(find Sources Tests tools web -name .build -prune -o -type f \( -name '*.swift' -o -name '*.c' -o -name '*.h' \
    -o -name '*.py' \) -print0 | xargs -0 wc -l | awk '$1 > 400 && $2 != "total" { print $2 ": " $1 " lines" }')
report "files longer than 400 lines" "$long"

# clang-format is optional: not everyone who changes Swift has it.
if command -v clang-format >/dev/null; then
    report "files to be formatted with clang-format" "$(find Sources Tests tools web -name .build -prune -o -type f \
        -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run 2>&1 | grep 'warning:' | cut -d : -f 1 | uniq || true)"
fi

# Formatters do not break comments.
report "comments longer than 120 columns" "$(LC_ALL=C.UTF-8 grep -rnE '^.{121,}' Sources Tests web --include='*.swift' \
    --include='*.c' --include='*.h' | grep -E '^[^:]*:[0-9]*: *//' | cut -d : -f 1,2 || true)"

report "folders with more than 12 entries" "$(find Sources Tests web -mindepth 2 | sed 's|/[^/]*$||' | sort | uniq -c |
    awk '$1 > 12 { print $2 ": " $1 " entries" }')"

# Foundation costs start-up time. Only the trainer imports it.
report "imports of Foundation in the runtime" "$(grep -rnE '^ *import Foundation$' Sources |
    grep -vE '^Sources/(digitgen-train|DigitTraining|DigitEvaluation|NeuralNetwork)/' || true)"

# One module knows which C library there is.
report "canImport outside Platform" "$(grep -rn 'canImport(' Sources Tests --include='*.swift' |
    grep -v '^Sources/Platform/' || true)"

# The environment's values are bytes, which need not be UTF-8.
report "getenv outside Platform" "$(grep -rn 'getenv(' Sources --include='*.swift' | grep -v '^Sources/Platform/' || true)"

# Paths are bytes: a String must go through cPath, or bytes that are not UTF-8 are lost.
report "system calls that take a path without .cPath" "$(grep -rnE '(^|[^.A-Za-z_])(open|fopen|opendir|stat|lstat|access|mkdir|mkfifo|rmdir|unlink|rename|readlink|realpath|chmod|link|symlink|chdir|truncate|statvfs|statfs|utimes)\(' \
    Sources --include='*.swift' | grep -vE 'cPath|func |try open|stat\(\)|open\("/' || true)"

exit "$failures"
