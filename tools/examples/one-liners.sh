#!/usr/bin/env bash
# What a shell can do with `digitgen serve`. Copy a line; each stands for itself. Started as a program, it runs them
# all in the current folder.
set -euo pipefail

# A digit, and what comes back.
echo 7 | digitgen serve | cut -c 1-100

# What can be asked for.
echo '{"op":"hello"}' | digitgen serve

# A grid of 16 sevens as a PNG: the bytes after the line, without the newline behind them.
echo '{"digits":"7","count":16,"seed":1}' | digitgen serve --framing binary | tail -n +2 | head -c -1 > sevens.png

# The same from JSON, by base64.
echo '{"digits":"7","count":16,"seed":1}' | digitgen serve | sed 's/.*"data":"\([^"]*\)".*/\1/' | base64 -d > again.png

# A postcode in one handwriting. A string keeps the zero in front.
echo '"00501"' | digitgen serve --framing binary | tail -n +2 | head -c -1 > postcode.png

# A hundred numbers by one process, a reply a line.
seq 100 | digitgen serve > numbers.jsonl

# The pixels of one digit as text: 28 lines of 28 numbers.
echo '{"digits":"4","format":"raw"}' | digitgen serve --framing binary | tail -n +2 | head -c 784 |
    od -An -v -tu1 -w28 > four.txt
