#!/usr/bin/env bash
# Starts services of other stacks, and has the program `soap` read their WSDLs and call them. A stack whose tools
# are not there, and cannot be installed, is skipped loudly.
# usage: foreign.sh              tests all of them
#        foreign.sh serve STACK  starts one, prints the URL of its WSDL, and serves until it is killed
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
source "$here/tools.sh"
source "$here/foreign/servers.sh"
export NO_PROXY=localhost,127.0.0.1 no_proxy=localhost,127.0.0.1

# into STACK: its folder, made if it is missing.
into() {
    mkdir -p "$root/target/interop/foreign/$1" && cd "$root/target/interop/foreign/$1"
}

if [ "${1:-}" = serve ]; then
    "there_$2" >&2
    into "$2"
    "build_$2" >&2
    "serve_$2"
fi

# The program, and clients that are generated from the same WSDLs: as the tests build them, so that nothing is
# built twice.
(cd "$root" && cargo build --quiet --examples --bin soap)
failed=0
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true' EXIT

# url_of STACK: starts its server, and waits for the line that says where it is.
url_of() {
    rm -f url
    ("serve_$1" >url) &
    server=$!
    for _ in {1..300}; do
        [ -s url ] && { url=$(head -n 1 url); return; }
        kill -0 "$server" || return 1
        sleep 0.1
    done
    return 1
}

for stack in "${foreign_stacks[@]}"; do
    start=$SECONDS
    "there_$stack" || continue
    into "$stack"
    if ! "build_$stack"; then
        echo "SKIPPED: $stack cannot be built here"
        continue
    fi
    if url_of "$stack" && python3 "$here/foreign/calls.py" "$root" "$stack" "$url" &&
        "${CARGO_TARGET_DIR:-$root/target}/debug/examples/foreign" "$stack" "${url%%\?*}"; then
        echo "$stack: $((SECONDS - start)) s, all calls as expected"
    else
        echo "$stack: FAILED"
        failed=1
    fi
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    server=
done
exit $failed
