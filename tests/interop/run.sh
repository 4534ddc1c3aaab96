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
unset CONTEXT_ROOT DATABASE_URL DATA_DIR EXECUTOR MAX_ATTACHMENTS MAX_QUEUED MAX_RUNNING OWNERSHIP PUBLIC_URL QUEUE_TIMEOUT RETENTION \
    RUN_TIMEOUT TRUSTED_PROXIES UNCHANGED WAITER_LOG_FOLDER WAITER_RETENTION
export LISTEN=127.0.0.1:0
export PYTHONDONTWRITEBYTECODE=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

examples=(waiter waiter_by_hand calculator)
cargo build --quiet "${examples[@]/#/--example=}" --example=files --example=kitchen_sink
for example in "${examples[@]}"; do
    cargo run --quiet --example "$example" wsdl >"$work/$example.wsdl"
done
for service in KitchenSink Legacy Guarded; do
    cargo run --quiet --example kitchen_sink wsdl --service "$service" >"$work/$service.wsdl"
done
"$venv/bin/python" tests/interop/validate_wsdl.py "$work"/*.wsdl soap-runtime/src/wsdl/golden/*.wsdl
"$venv/bin/python" tests/interop/run.py tests/wsdl/reference/waiter.wsdl
"$venv/bin/python" tests/interop/generators.py
tests/interop/foreign.sh
