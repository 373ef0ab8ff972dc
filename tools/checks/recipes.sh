#!/usr/bin/env bash
# Runs the commands shown in README.md, docs/*.md, the help and the manual page.
#
# DIGITGEN names another program to test than the one that tools/digitgen builds. Commands that cannot run are listed
# below with the reason.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

# Source, beginning of the line, reason.
skipped=(
    "README.md|tools/test|takes minutes"
    "README.md|tools/fetch-mnist |needs the network"
    "README.md|swift run -c release digitgen-train |needs MNIST, and hours"
    "README.md|digitgen 7 --count 16 --weights cgan.safetensors.zst|needs the bundle trained before it"
    "docs/mode-collapse.md|digitgen-train |needs MNIST, and hours"
    "docs/scale-out.md|parallel --sshloginfile |needs other machines"
    "docs/scale-out.md|spark-submit |needs Spark; tools/check spark runs it"
)
# Indented blocks that are not commands, by their beginning.
figures=(
    "docs/architecture.md|training, float32, offline "
)

if [ -n "${DIGITGEN:-}" ]; then
    digitgen=$(realpath "$DIGITGEN")
else
    build_digitgen
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/recipes"
ln -s "$digitgen" "$work/bin/digitgen"
# In place of the reader's own program.
printf '#!/bin/sh\nexec wc -c\n' >"$work/bin/my-classifier"
chmod +x "$work/bin/my-classifier"
export PATH=$work/bin:$PATH

# Splits the Markdown on standard input into files in the folder $1, one for each block: indented blocks and fences of sh
# become shell scripts, fences of Python Python scripts.
markdown_blocks() {
    awk -v folder="$1" '
        function begin(ending) { file = sprintf("%s/%03d.%s", folder, ++number, ending) }
        /^```/ {
            if (fenced) { fenced = 0; file = ""; next }
            fenced = 1
            if ($0 == "```python") begin("py")
            if ($0 == "```sh") begin("sh")
            next
        }
        fenced { if (file != "") print > file; next }
        /^    / {
            if (file == "") begin("sh")
            print substr($0, 5) > file
            next
        }
        { file = "" }
    '
}

# Writes each example of the help on standard input into a file in the folder $1. Two spaces begin a remark. A line that
# is broken to fit 80 columns is not a command any more, and fails.
help_examples() {
    awk -v folder="$1" '
        /^EXAMPLES:/ { inside = 1; next }
        /^$/ { inside = 0 }
        inside {
            sub(/^  /, "")
            sub(/  +[^ ].*$/, "")
            print > sprintf("%s/%03d.sh", folder, ++number)
        }
    '
}

# The same for the manual page: lines in literal displays that begin with a command.
manual_examples() {
    sed -e 's/\\-/-/g' -e 's/\\e/\\/g' | awk -v folder="$1" '
        /^\.Bd -literal/ { inside = 1; next }
        /^\.Ed/ { inside = 0 }
        inside && /^  (digitgen|echo|printf) / {
            sub(/^  /, "")
            sub(/  +[^ ].*$/, "")
            print > sprintf("%s/%03d.sh", folder, ++number)
        }
    '
}

matched=$work/matched
touch "$matched"

# Removes the lines listed above from the file $2 of the source $1, with their continuation lines.
remove_skipped() {
    local entry source prefix reason line continues=0 kept=()
    for entry in "${figures[@]}"; do
        IFS='|' read -r source prefix <<<"$entry"
        if [ "$1" = "$source" ] && [[ $(head -n 1 "$2") = "$prefix"* ]]; then
            echo "$entry" >>"$matched"
            : >"$2"
        fi
    done
    while IFS= read -r line; do
        for entry in "${skipped[@]}"; do
            IFS='|' read -r source prefix reason <<<"$entry"
            if [ "$1" = "$source" ] && [[ $line = "$prefix"* ]]; then
                echo "$entry" >>"$matched"
                echo "$program: $1: skipping a line, ${reason}: $line" >&2
                continues=1
            fi
        done
        [ "$continues" = 1 ] || kept+=("$line")
        [[ $line = *\\ ]] || continues=0
    done <"$2"
    printf '%s\n' "${kept[@]}" >"$2"
}

# Runs the recipes of the source $1, which are in the folder $2, one after the other in one folder.
run_recipes() {
    local source=$1 recipe count=0 interpreter
    mkdir -p "$2/run/tools"
    printf '#!/bin/sh\nexec digitgen "$@"\n' >"$2/run/tools/digitgen"
    chmod +x "$2/run/tools/digitgen"
    for recipe in "$2"/*.sh "$2"/*.py; do
        [ -e "$recipe" ] || continue
        remove_skipped "$source" "$recipe"
        grep -q '[^[:space:]]' "$recipe" || continue
        interpreter=(bash -euo pipefail)
        [ "${recipe##*.}" = sh ] || interpreter=(python3)
        if (cd "$2/run" && "${interpreter[@]}" "$recipe") >"$work/output" 2>"$work/errors" </dev/null; then
            count=$((count + 1))
        elif grep -qE "ModuleNotFoundError|(python3|parallel): command not found" "$work/errors"; then
            # A recipe may use other programs that are not installed.
            echo "$program: $source: skipping a recipe, a program is missing: $(tail -n 1 "$work/errors")" >&2
        else
            fail 1 "a recipe in $source failed: $(cat "$recipe" "$work/errors")"
        fi
    done
    rm -rf "$2/run"
    total=$((total + count))
    echo "$program: $source: $count recipes work" >&2
}

total=0
cd "$root"
for source in README.md docs/*.md; do
    folder=$work/recipes/${source//\//-}
    mkdir "$folder"
    markdown_blocks "$folder" <"$root/$source"
    run_recipes "$source" "$folder"
done
for command in generate dataset again serve models inspect bench; do
    folder=$work/recipes/help-$command
    mkdir "$folder"
    digitgen help "$command" | help_examples "$folder"
    run_recipes "digitgen help $command" "$folder"
done
folder=$work/recipes/manual
mkdir "$folder"
manual_examples "$folder" <"$root/docs/digitgen.1"
run_recipes docs/digitgen.1 "$folder"

for entry in "${skipped[@]}" "${figures[@]}"; do
    grep -qxF -- "$entry" "$matched" || fail 1 "no line matches this entry any more: $entry"
done
[ "$total" -ge 40 ] || fail 1 "only $total recipes ran"
