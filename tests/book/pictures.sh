#!/usr/bin/env bash
# Makes the pictures of the book, docs/images/, from programs that run: the waiter, a service of the tests that fails, and
# soap. Needs Chromium, node with npm, and Python 3 with venv; installs the rest below target/tools/. CI does not run it:
# pictures are made anew when what they show has changed, and looked at.
set -euo pipefail
cd "$(dirname "$0")/../.."

CHROMIUM=$(command -v chromium || command -v google-chrome) || { echo 'error: there is no chromium' >&2; exit 1; }
PLAYWRIGHT=$PWD/target/tools/pictures
export CHROMIUM PLAYWRIGHT

install_tools() {
    mkdir -p "$PLAYWRIGHT"
    [ -d "$PLAYWRIGHT/node_modules/playwright-core" ] ||
        (cd "$PLAYWRIGHT" && npm install --no-save --no-audit --no-fund --loglevel=error playwright-core@1.64.1)
    [ -x "$PLAYWRIGHT/venv/bin/pip" ] || python3 -m venv "$PLAYWRIGHT/venv"
    "$PLAYWRIGHT/venv/bin/pip" install --quiet pyte==0.8.2
}

work=$(mktemp -d)
servers=()
cleanup() {
    kill "${servers[@]}" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

# A server of this example on its own port, with its own folder; sets `url`.
serve() {
    local example=$1 path=$2
    LISTEN=127.0.0.1:$3 DATA_DIR=$work/$example WAITER_LOG_FOLDER=$work/$example \
        "target/debug/examples/$example" >"$work/$example.log" 2>&1 &
    servers+=($!)
    for _ in $(seq 100); do
        curl -sf "http://localhost:$3/health" >/dev/null && break
        sleep 0.1
    done
    url=http://localhost:$3$path
}

# The page of an execution, kept from a run of `soap` that is left when the page has what is waited for.
status_page() {
    local file=$1 pattern=$2
    shift 2
    soap run "$@" --every 1s --page "$file" >/dev/null 2>&1 &
    local run=$!
    for _ in $(seq 300); do
        grep -Eqs "$pattern" "$file" && break
        sleep 0.1
    done
    kill -9 $run
    wait $run 2>/dev/null || true
}

# What a command shows in a terminal: NAME PATTERN-OF-THE-END COMMAND…, the service called by the variable.
terminal() {
    local name=$1 ends=$2
    shift 2
    local shown="$*"
    "$PLAYWRIGHT/venv/bin/python" tests/book/terminal.py "$work/$name.html" "${shown//$url/\$waiter}" "$ends" "$@"
    shots+=("file://$work/$name.html" 1000 pre "docs/images/$name.png")
}

install_tools
cargo build --locked --quiet --example waiter --example lab
cargo build --locked --quiet --package soap-runtime --all-features --bin soap
PATH=$PWD/target/debug:$PATH
mkdir -p docs/images
shots=()

serve lab /lab/Pages 18082
status_page "$work/failed.html" 'Failed' "$url" startEnding fails=true milliseconds=3000
shots+=("file://$work/failed.html" 640 body docs/images/status-failed.png)

serve waiter /sintef/docker_services/waiter/Waiter 18081
status_page "$work/running.html" 'aria-valuenow="(4|5)' "$url" startWaiter secondsToWait=20
shots+=("file://$work/running.html" 640 body docs/images/status-running.png)
shots+=("$url" 900 body docs/images/documentation.png)

terminal soap-run ' (5|6)[0-9]%' soap run "$url" startWaiter secondsToWait=15 --every 1s
terminal soap-check '' soap check "$url" startWaiter secondsToWait=3
terminal soap-describe '' soap describe "$url" startWaiter

node tests/book/shoot.mjs "${shots[@]}"
ls -l docs/images
