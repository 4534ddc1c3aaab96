#!/usr/bin/env bash
# Builds the waiter and its image, and runs it in the place of the container that runs now. --help says more.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
name=${CONTAINER:-waiter}
image=${IMAGE:-$name}

usage() {
    cat <<HELP
Builds the waiter as a static program and an image of it, stops and removes the container
that runs, and runs the new one in its place, on the same volume.

Usage: rebuildandrun.sh [PORT] [OPTION OF docker run]…
       rebuildandrun.sh --build

  PORT     port of this machine, 8080 without it; 0 for one that is free
  --build  builds program and image, and runs nothing

  rebuildandrun.sh 8081 -e LOG=debug --memory 64m

Variables:
  CONTAINER  name of the container, and of its volume with -data behind it; waiter without it
  IMAGE      name of the image; that of the container without it
  TARGET     what Rust builds for, such as x86_64-unknown-linux-musl; this machine, with
             glibc, without it

The settings of the service are in the file env beside this script.
HELP
}

fail() {
    echo "error: $*" >&2
    exit 1
}

# The last lines of the container's log, for one that does not come up.
fail_with_log() {
    docker logs --tail 20 "$name" >&2 || true
    fail "$@"
}

check_tools() {
    command -v cargo >/dev/null || PATH="$HOME/.cargo/bin:$PATH"
    command -v cargo >/dev/null || fail 'there is no cargo; install Rust with rustup'
    command -v docker >/dev/null || fail 'there is no docker; install the package docker.io, or Docker'
    local answer
    answer=$(docker version --format '{{.Server.Version}}' 2>&1) ||
        fail "the container engine cannot be reached: ${answer##*$'\n'}; start it, or set DOCKER_HOST"
}

# Builds the program, and sets `context` to a folder with what the image needs.
build_program() {
    local target=${TARGET:-$(rustc -vV | sed -n 's/^host: //p')}
    case $target in
        *-linux-*) ;;
        *) fail "a container runs programs for Linux, and $target is none; set TARGET to one that rustup has added" ;;
    esac
    local manifest=$here/Cargo.toml folder
    # With a target named, this is for the program, and not for the macros that the compiler loads.
    RUSTFLAGS="${RUSTFLAGS:-} -C target-feature=+crt-static" \
        cargo build --locked --profile container --package waiter --target "$target" --manifest-path "$manifest"
    folder=$(cargo metadata --no-deps --format-version 1 --manifest-path "$manifest" |
        sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/$target/container
    context=$folder/image
    rm -rf "$context"
    mkdir -p "$context/empty"
    cp "$folder/waiter" "$context/"
}

build_image() {
    local version
    version=$(cargo pkgid --manifest-path "$here/Cargo.toml" | sed 's/.*[#@]//')
    docker build --file "$here/Dockerfile" --tag "$image" --build-arg "VERSION=$version" "$context"
}

exists() {
    docker container inspect "$name" >/dev/null 2>&1
}

# A port that another program has is told before the container that runs is touched.
check_port() {
    [ "$port" != 0 ] || return 0
    # Ports of another machine cannot be seen from here.
    case ${DOCKER_HOST:-unix:} in unix:*) ;; *) return 0 ;; esac
    if docker port "$name" 2>/dev/null | grep -q ":$port\$"; then return 0; fi
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
        fail "port $port is taken by another program; name another one: rebuildandrun.sh PORT"
    fi
}

replace() {
    if exists; then
        echo "stops the container $name that runs"
        docker stop "$name" >/dev/null
        docker rm "$name" >/dev/null
    fi
    # An init as process 1 takes over what jobs leave behind. A server that is stopped needs time for open calls.
    docker run --detach --name "$name" --init --restart unless-stopped --stop-timeout 30 \
        --cap-drop ALL --security-opt no-new-privileges \
        --env-file "$here/env" --volume "$name-data:/data" --publish "$port:80" "$@" "$image" >/dev/null ||
        fail "the container $name cannot be started on port $port"
}

# Until the server says that it takes calls.
wait_until_ready() {
    local tries answer
    for tries in $(seq 300); do
        if answer=$(docker exec "$name" /waiter health --ready 2>&1); then return 0; fi
        [ "$(docker inspect --format '{{.State.Status}} {{.RestartCount}}' "$name")" = 'running 0' ] ||
            fail_with_log "the container $name does not stay up"
        sleep 0.1
    done
    fail_with_log "the container $name runs, but is not ready: ${answer##*$'\n'}"
}

say_address() {
    local root published
    root=$(docker inspect --format '{{range .Config.Env}}{{println .}}{{end}}' "$name" | sed -n 's/^CONTEXT_ROOT=//p' | tail -n 1)
    published=$(docker port "$name" 80/tcp 2>/dev/null | head -n 1 | sed 's/.*://')
    echo "the container $name is ready: http://localhost:${published:-$port}${root%/}/waiter/Waiter?wsdl"
}

only_build=
port=8080
case ${1:-} in
    -h | --help)
        usage
        exit
        ;;
    --build)
        [ $# = 1 ] || fail '--build stands alone'
        only_build=yes
        ;;
    '' | -*) ;;
    *[!0-9]*) fail "$1 is not a port, which is a number from 0 to 65535" ;;
    *)
        [ "${#1}" -le 5 ] && [ "$1" -le 65535 ] || fail "$1 is not a port, which is a number from 0 to 65535"
        port=$1
        shift
        ;;
esac

check_tools
[ -n "$only_build" ] || check_port
build_program
build_image
[ -z "$only_build" ] || exit 0
replace "$@"
wait_until_ready
say_address
