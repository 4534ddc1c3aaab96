#!/usr/bin/env bash
# Runs foreign SOAP clients against the examples, and the program `soap` and generated clients against foreign
# services, over real sockets. Needs Python 3 with venv, which root has Debian install; all that it installs itself
# is below target/interop. A stack that cannot be installed is skipped, and named once more at the end.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/interop/tools.sh

# What runs now is a group of its own, so that it ends with this script, however that ends.
work=$(mktemp -d)
child=
ended() {
    if [ -n "$child" ] && kill -TERM -- "-$child" 2>/dev/null; then wait "$child" || true; fi
    rm -rf "$work"
}
trap ended EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# step NAME COMMAND: runs it, and says how long it took.
step() {
    local start=$SECONDS status=0 name=$1
    shift
    set -m
    "$@" &
    child=$!
    set +m
    wait "$child" || status=$?
    # Nothing that it has started may stay.
    kill -TERM -- "-$child" 2>/dev/null || true
    child=
    echo "== $name: $((SECONDS - start)) s, status $status"
    return $status
}

have_python || { echo "$python with venv is needed; on Debian: python3 python3-venv" >&2; exit 1; }
# The same folder for all, wherever they are started.
CARGO_TARGET_DIR=$(target_folder)
export CARGO_TARGET_DIR
venv=$CARGO_TARGET_DIR/interop/venv
mkdir -p "$CARGO_TARGET_DIR/interop"
environment "$venv" tests/interop/requirements.txt

# Settings from outside must not lead the examples elsewhere.
unset CONTEXT_ROOT DATABASE_URL DATA_DIR EXECUTOR MAX_ATTACHMENTS MAX_QUEUED MAX_RUNNING OWNERSHIP PUBLIC_URL QUEUE_TIMEOUT RETENTION \
    RUN_TIMEOUT TRUSTED_PROXIES UNCHANGED WAITER_LOG_FOLDER WAITER_RETENTION
export LISTEN=127.0.0.1:0
export PYTHONDONTWRITEBYTECODE=1
export SKIPPED_FILE=$work/skipped
touch "$SKIPPED_FILE"

built=$(programs)
export EXAMPLES=$built/examples
for example in waiter waiter_by_hand calculator; do
    "$EXAMPLES/$example" wsdl >"$work/$example.wsdl"
done
for service in KitchenSink Legacy Guarded; do
    "$EXAMPLES/kitchen_sink" wsdl --service "$service" >"$work/$service.wsdl"
done
step WSDLs "$venv/bin/python" tests/interop/validate_wsdl.py "$work"/*.wsdl soap-runtime/src/wsdl/golden/*.wsdl
step clients "$venv/bin/python" tests/interop/run.py tests/wsdl/reference/waiter.wsdl
step generators "$venv/bin/python" tests/interop/generators.py
step services tests/interop/foreign.sh
cat "$SKIPPED_FILE"
echo "all as expected in $SECONDS s; skipped: $(wc -l <"$SKIPPED_FILE")"
