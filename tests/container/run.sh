#!/usr/bin/env bash
# Builds the waiter's image as its users do, and tries it: what it is, that it serves, that executions come through a
# stop, and two services behind nginx. Needs a container engine; root has one started, and Debian install what is
# missing. Nothing is left behind but the program in target/.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/interop/tools.sh
source tests/container/engine.sh
source tests/container/client.sh
source tests/container/nginx.sh
source tests/container/parts.sh

there curl || installed curl || { skipped containers 'needs curl'; exit 0; }
# Settings from outside must not lead elsewhere.
unset BASH_ENV COMPOSE_FILE CONTEXT_ROOT LOG PUBLIC_URL TARGET TRUSTED_PROXIES

work=$(mktemp -d)
# Names that no container of the user's has.
id=waiter-test-$$
export CONTAINER=$id IMAGE=$id NGINX_IMAGE=$id-nginx COMPOSE_PROJECT_NAME=$id
token=token-$RANDOM$RANDOM$RANDOM
path=/sintef/docker_services/waiter/Waiter

ended() {
    {
        [ -z "${compose:-}" ] || composed down --volumes --timeout 5
        docker rm --force --volumes "$id"
        docker volume rm "$id-data"
        docker image rm --force "$IMAGE" "$NGINX_IMAGE"
    } >/dev/null 2>&1 || true
    stop_engine
    rm -rf "$work"
}
trap ended EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
    echo "FAILED: $*" >&2
    docker logs --tail 20 "$id" >&2 || true
    exit 1
}

# part NAME COMMAND: runs it, and says how long it took.
part() {
    local start=$SECONDS name=$1
    shift
    "$@"
    echo "== $name: $((SECONDS - start)) s"
}

have_engine "$work/engine" || exit 0
port=$(free_port)
url=http://127.0.0.1:$port$path

part 'build and run' build_and_run
part 'what it is' image_is_small
part 'mistakes of the script' script_says_what_is_wrong
part 'ready' ready_soon
part 'executions' executions_begin
part 'stop and replace' stopped_and_replaced
part 'the outcomes' outcomes_are_right
part 'the container' container_is_well
part 'compose' two_services_behind_nginx
echo "all as expected in $SECONDS s"
