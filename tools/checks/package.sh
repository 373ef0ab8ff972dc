#!/usr/bin/env bash
# Builds the packages, runs lintian, installs and uninstalls.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$root/tools/package" "$work" >/dev/null

mkdir "$work/archive"
tar -xzf "$work"/digitgen-*.tar.gz -C "$work/archive" --strip-components=1
"$work/archive/bin/digitgen" 7 --seed 1 -o "$work/seven.png"
for name in "Apache License" "GNU C Library" libpng zlib zstd Swift; do
    grep -q "$name" "$work/archive/share/doc/digitgen/THIRD-PARTY-NOTICES" ||
        fail 1 "THIRD-PARTY-NOTICES does not mention $name"
done

if command -v lintian >/dev/null 2>&1; then
    lintian --allow-root --fail-on error,warning "$work"/digitgen_*.deb >&2 || fail 1 "lintian rejects the Debian package"
else
    echo "$program: lintian is not installed; skipping the Debian package" >&2
fi

mkdir "$work/prefix"
"$root/tools/install" "$work/prefix" 2>/dev/null
diff -r "$work/archive" "$work/prefix" || fail 1 "tools/install and tools/package differ"
"$root/tools/install" --uninstall "$work/prefix" 2>/dev/null
[ -z "$(ls -A "$work/prefix")" ] || fail 1 "tools/install --uninstall leaves $(find "$work/prefix" -type f)"
echo "$program: packages, installation and removal are correct" >&2
