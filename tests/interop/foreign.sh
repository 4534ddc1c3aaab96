#!/usr/bin/env bash
# Starts services of other stacks, and calls them with the program `soap` and with clients that are generated from
# their WSDLs. Then starts what the pages on coming from other stacks show, beside the same in Rust, and compares what
# one client gets of both. A stack whose tools are not there, and cannot be installed, is skipped loudly.
# usage: foreign.sh [STACK…]            tests these, or all of them
#        foreign.sh serve STACK         starts one, prints the URL of its WSDL, and serves until it is killed
#        foreign.sh serve_mesher STACK  the same with the service of the page on that stack
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/tools.sh"
source "$here/foreign/servers.sh"
have_python || { skipped 'services of other stacks' "needs $python with venv; on Debian: python3 python3-venv"; exit 0; }
target=$(target_folder)

# into STACK: its folder, made if it is missing.
into() {
    mkdir -p "$target/interop/foreign/$1" && cd "$target/interop/foreign/$1"
}

if [ "${1:-}" = serve ] || [ "${1:-}" = serve_mesher ]; then
    "there_$2" >&2
    into "$2"
    "build_$2" >&2
    "$1_$2"
fi

built=$(programs)
venv=$target/interop/venv
environment "$venv" "$here/requirements.txt"
failed=()
server=
stop() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    # What the shell says of its end is no news.
    wait "$server" 2>/dev/null || true
    server=
}
trap stop EXIT

# url_of serve_STACK: starts that server, and waits for the line that says where it is.
url_of() {
    rm -f url
    ("$1" >url) &
    server=$!
    for _ in {1..600}; do
        [ -s url ] && { url=$(head -n 1 url); return; }
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    echo "$1 does not serve"
    cat log
    return 1
}

# called STACK: with the program and with generated clients; with the latter also if the former fails.
called() {
    local status=0
    "$python" "$here/foreign/calls.py" "$built/soap" "$1" "$url" || status=1
    "$built/examples/foreign" "$1" "${url%%\?*}" || status=1
    return $status
}

# compared STACK: what its page shows, beside the same in Rust; nothing for one without a page.
compared() {
    [[ " ${ported_stacks[*]} " = *" $1 "* ]] || return 0
    url_of "serve_mesher_$1" && EXAMPLES=$built/examples "$venv/bin/python" -B "$here/coming_from/same.py" "$1" "$url" "$built/soap"
}

[ $# -gt 0 ] || set -- "${foreign_stacks[@]}"
for stack; do
    start=$SECONDS
    "there_$stack" || continue
    into "$stack"
    attempt "build_$stack"
    if [ "$status" != 0 ]; then
        skipped "a service of $stack" 'it cannot be built here, see above'
        continue
    fi
    if url_of "serve_$stack" && called "$stack" && stop && compared "$stack"; then
        echo "$stack: $((SECONDS - start)) s, all calls as expected"
    else
        echo "$stack: FAILED"
        failed+=("$stack")
    fi
    stop
done
[ ${#failed[@]} = 0 ] || { echo "FAILED: ${failed[*]}"; exit 1; }
