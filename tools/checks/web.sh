#!/usr/bin/env bash
# Compares the bytes of the WebAssembly modules with the command's, and drives the page in headless Chromium.
#
#     tools/check web [--rates] [SCREENSHOTS]
#
# With --rates, digits that are drawn too slowly are a failure: on a machine that does nothing else. Screenshots of the
# page go to the folder SCREENSHOTS, or are dropped. Without Node.js the check is skipped, without
# Chromium its second part. axe-core, which finds faults of accessibility, comes with a Python package.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"
source "$root/tools/support/web/build-core.sh"

rates=()
if [ "${1:-}" = --rates ]; then
    rates=(--rates)
    shift
fi
[ $# -le 1 ] && [[ ${1:-} != -* ]] || fail 64 "usage: tools/check web [--rates] [SCREENSHOTS]"

axe_package=axe-playwright-python==0.1.8

for needed in node zstd; do
    command -v "$needed" >/dev/null && continue
    echo "$program: $needed is not installed; skipping the page" >&2
    exit 0
done
helpers=$root/tools/checks/web
site=$("$root/tools/web")
package=$root/.build-web/package
build_digitgen

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
build_kernel_tester "$scratch" "$helpers"
node "$helpers/kernels.mjs" "$scratch/kernels.wasm" 500
node "$helpers/bytes.mjs" "$package" "$digitgen" 1000 "${rates[@]}"
node "$helpers/strokes.mjs" "$package" "$root/web/worker/strokes.js" 20

# The package works in a fresh folder.
mkdir "$scratch/fresh"
(cd "$scratch/fresh" && npm pack --silent "$package" >/dev/null && mkdir -p node_modules/digitgen &&
    tar -xzf digitgen-*.tgz -C node_modules/digitgen --strip-components 1)
(cd "$scratch/fresh" && node --input-type=module -e "
import { loadDigitgen } from 'digitgen';
const digitgen = await loadDigitgen();
process.stdout.write(digitgen.draw('2026', { seed: 7 }).pixels);
") | cmp - <("$digitgen" 2026 --seed 7 --format raw)

for chromium in chromium chromium-browser google-chrome; do
    ! command -v "$chromium" >/dev/null || break
done
if ! command -v "$chromium" >/dev/null; then
    echo "$program: Chromium is not installed; skipping the page" >&2
    exit 0
fi
python3 -m pip download --quiet --no-deps --disable-pip-version-check -d "$scratch" "$axe_package"
python3 -m zipfile -e "$scratch"/axe_playwright_python-*.whl "$scratch/axe"
screenshots=${1:-$scratch}
mkdir -p "$screenshots"
axe=$(find "$scratch/axe" -name 'axe.min.js' -print -quit)
node "$helpers/page.mjs" "$site" "$package" "$chromium" "$axe" "$screenshots" "${rates[@]}"
