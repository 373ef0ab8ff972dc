#!/usr/bin/env bash
# Runs the recipes of docs/photos.md with Augraphy, albumentations and torchvision; looks at the pictures they make.
#
#     tools/check photos [--update]    --update: puts the pictures into docs/images
#
# Needs Python 3.11; the packages are installed into .build/photos.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

[ $# -eq 0 ] || [ "$*" = --update ] || fail 64 "usage: tools/check photos [--update]"
build_digitgen
require_python_packages "$root/.build/photos" "$root/tools/checks/photos/requirements.txt"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$digitgen" "$work/bin/digitgen"
PATH=$work/bin:$PATH "$python" -W ignore "$root/tools/checks/photos/check.py" "$root/docs/photos.md" "$work"
[ $# -eq 0 ] || for name in augraphy albumentations torchvision; do
    cp "$work/$name.png" "$root/docs/images/photos-$name.png"
done
