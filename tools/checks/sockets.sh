#!/usr/bin/env bash
# Runs the recipes of docs/sockets.md: systemd's socket activation, socat and inetd; skips programs that are missing.
#
# Each has several clients at once, which must get what `digitgen serve` says in a pipe.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/setup.sh"
source "$root/tools/support/build-digitgen.sh"

build_digitgen
require_command python3
work=$(mktemp -d)
server=
# Ends the server that was started here.
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
ln -s "$digitgen" "$work/digitgen"
export PATH=$work:$PATH
cd "$work"

# Three clients at once on the socket $1, a path or a port.
clients() {
    python3 - "$1" <<'END'
import socket, subprocess, sys, threading, time

place = sys.argv[1]
lines = b''.join(b'{"id":%d,"digits":"%d","seed":1}\n' % (number, number % 10) for number in range(50)) + b"nonsense\n"
expected = subprocess.run(["digitgen", "serve"], input=lines, capture_output=True, check=True).stdout
replies = []

def connected():
    for _ in range(100):
        client = socket.socket(socket.AF_INET if place.isdigit() else socket.AF_UNIX)
        try:
            client.connect(("127.0.0.1", int(place)) if place.isdigit() else place)
            return client
        except OSError:
            client.close()
            time.sleep(0.05)
    sys.exit(f"no server answers at {place}")

def talk():
    with connected() as client:
        threading.Thread(target=lambda: (client.sendall(lines), client.shutdown(socket.SHUT_WR))).start()
        with client.makefile("rb") as stream:
            replies.append(stream.read())

threads = [threading.Thread(target=talk) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
sys.exit(0 if replies == [expected] * 3 else f"other replies than through a pipe: {[len(reply) for reply in replies]}")
END
}

# Checks the server that runs as $server, called $1, at the socket $2.
check() {
    clients "$2" || fail 1 "$1: the clients failed"
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
    echo "$program: $1 answers three clients" >&2
}

port=$((20000 + RANDOM % 10000))
if command -v systemd-socket-activate >/dev/null; then
    systemd-socket-activate --accept --inetd -l "$work/systemd.sock" "$work/digitgen" serve 2>systemd.log &
    server=$!
    check systemd "$work/systemd.sock"
    # The program's path is that of an installation.
    mkdir units
    for unit in "$root"/tools/examples/sockets/*; do
        sed "s|/usr/local/bin/digitgen|$work/digitgen|" "$unit" >"units/${unit##*/}"
    done
    faults=$(systemd-analyze verify units/digitgen.socket "units/digitgen@.service" 2>&1 | grep units/ || true)
    [ -z "$faults" ] || fail 1 "systemd-analyze rejects the units: $faults"
else
    echo "$program: skipping systemd, which is not installed" >&2
fi

if command -v socat >/dev/null; then
    (
        ulimit -v 1000000
        exec socat UNIX-LISTEN:digitgen.sock,fork,mode=600,max-children=32 EXEC:"timeout 3600 digitgen serve"
    ) &
    server=$!
    check "socat, local" digitgen.sock
    socat "TCP-LISTEN:$port,bind=127.0.0.1,fork,reuseaddr,max-children=32" EXEC:"timeout 3600 digitgen serve" &
    server=$!
    check "socat, TCP" "$port"
else
    echo "$program: skipping socat, which is not installed" >&2
fi

inetd=$(command -v inetd || command -v inetutils-inetd || true)
if [ -n "$inetd" ] && [ "$(id -u)" = 0 ]; then
    port=$((port + 1))
    chmod 755 "$work"
    cp --remove-destination "$digitgen" "$work/digitgen"
    echo "127.0.0.1:$port stream tcp nowait.32 nobody $work/digitgen digitgen serve" >inetd.conf
    case $inetd in
    *inetutils*) "$inetd" -d "$work/inetd.conf" >/dev/null 2>&1 & ;;
    *) "$inetd" -i "$work/inetd.conf" & ;;
    esac
    server=$!
    check inetd "$port"
else
    echo "$program: skipping inetd, which is not installed or needs root" >&2
fi
