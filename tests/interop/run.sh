#!/usr/bin/env bash
# Runs foreign SOAP clients against the examples, over real sockets. Needs Python 3 with venv; the
# clients are installed below target/interop. PYTHON chooses the interpreter.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=target/interop/venv
requirements=tests/interop/requirements.txt
# Installed once for each version of the list.
mkdir -p target/interop
if ! cmp --silent "$requirements" target/interop/installed; then
    rm -rf "$venv"
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
    cp "$requirements" target/interop/installed
fi

# The clients must not ask a proxy for what runs here.
export NO_PROXY=localhost,127.0.0.1 no_proxy=localhost,127.0.0.1
# Nor may settings from outside lead the examples elsewhere.
unset CONTEXT_ROOT PUBLIC_URL TRUSTED_PROXIES
export LISTEN=127.0.0.1:0
export PYTHONDONTWRITEBYTECODE=1

work=$(mktemp -d)
export WAITER_LOG_FOLDER="$work/executions"
servers=()
finish() {
    ((${#servers[@]})) && kill "${servers[@]}" 2>/dev/null
    wait
    rm -rf "$work"
}
trap finish EXIT

# Starts an example and sets $wsdl to what it says on start.
serve() {
    local out="$work/$1.out" log="$work/$1.log"
    # It has to be there when it is looked into, however late the example starts.
    : >"$out"
    cargo run --quiet --example "$1" >"$out" 2>"$log" &
    servers+=($!)
    for _ in $(seq 600); do
        wsdl=$(awk '$1 == "WSDL" { print $2 }' "$out")
        [[ -n $wsdl ]] && return
        kill -0 "${servers[-1]}" 2>/dev/null || break
        sleep 0.1
    done
    echo "the example $1 did not start:" >&2
    cat "$log" >&2
    return 1
}

cargo build --quiet --example waiter --example calculator
cargo run --quiet --example waiter wsdl >"$work/waiter.wsdl"
cargo run --quiet --example calculator wsdl >"$work/calculator.wsdl"
"$venv/bin/python" tests/interop/validate_wsdl.py "$work/waiter.wsdl" "$work/calculator.wsdl"

serve waiter
waiter=$wsdl
serve calculator
calculator=$wsdl
"$venv/bin/python" tests/interop/run.py "$waiter" "$calculator" "$WAITER_LOG_FOLDER" tests/wsdl/reference/waiter.wsdl
