#!/usr/bin/env bash
# Shell commands for `digitgen serve`, each on its own. Run as a script, it executes all of them in the current folder.
set -euo pipefail

# The reply to a request for one digit.
echo 7 | digitgen serve | cut -c 1-100

# The models and limits of the service.
echo '{"op":"hello"}' | digitgen serve

# A grid of 16 sevens as a PNG: the bytes after the first line, without the final newline.
echo '{"digits":"7","count":16,"seed":1}' | digitgen serve --framing binary | tail -n +2 | head -c -1 > sevens.png

# The same, from base64 in JSON.
echo '{"digits":"7","count":16,"seed":1}' | digitgen serve | sed 's/.*"data":"\([^"]*\)".*/\1/' | base64 -d > again.png

# A ZIP code in one handwriting. A string keeps leading zeros.
echo '"00501"' | digitgen serve --framing binary | tail -n +2 | head -c -1 > postcode.png

# A hundred numbers from one process, one reply per line.
seq 100 | digitgen serve > numbers.jsonl

# The pixels of one digit as text: 28 lines of 28 numbers.
echo '{"digits":"4","format":"raw"}' | digitgen serve --framing binary | tail -n +2 | head -c 784 |
    od -An -v -tu1 -w28 > four.txt
