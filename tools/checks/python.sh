#!/usr/bin/env bash
# Tests the Python package: from a wheel in a fresh virtual environment, or from the debug build of the tests.
#
#     tools/check python [debug]    debug: with the modules that swift build --build-tests has built
#
# Needs Python 3.10 or later and the packages in python/tests/requirements.txt; without them it says so and does nothing.
# The tests for PyTorch run where PIP_EXTRAS names it, as in PIP_EXTRAS=torch.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-library.sh"

[ $# -eq 0 ] || [ "$*" = debug ] || fail 64 "usage: tools/check python [debug]"

# Ends the check without a failure.
skip() {
    echo "$program: skipped: $*" >&2
    exit 0
}

command -v python3 >/dev/null || skip "python3 is not on the PATH"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || skip "python3 is older than 3.10"
environment=$root/.build/python-tests
if ! (require_python_packages "$environment" "$root/python/tests/requirements.txt") 2>"$root/.build/python-tests.log"; then
    skip "pip cannot install python/tests/requirements.txt: $(tail -n 1 "$root/.build/python-tests.log")"
fi
python=$environment/bin/python
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "${1:-}" = debug ]; then
    cp -r "$root/python/src/digitgen" "$work/digitgen"
    mkdir "$work/library"
    link_shared_library "$root/.build/debug" "$work/library/libdigitgen.so"
    mv "$work/library/libdigitgen.so" "$work/digitgen"
    cd "$work"
    PATH=$root/.build/debug:$PATH PYTHONPATH=$work "$python" -m pytest -p no:cacheprovider "$root/python/tests"
    exit
fi

"$root/tools/make-wheel" "$work/wheel"
python3 -m venv "$work/environment"
"$work/environment/bin/pip" install --quiet --disable-pip-version-check -r "$root/python/tests/requirements.txt" \
    ${PIP_EXTRAS:-} "$work"/wheel/*.whl
cd "$work"
PATH=$work/environment/bin:$PATH "$work/environment/bin/python" -m pytest -p no:cacheprovider "$root/python/tests"
