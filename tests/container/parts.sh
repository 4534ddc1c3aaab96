# The parts of the test, in their order. Sourced by run.sh, whose variables they use.

# A port that nobody listens on; below those that the system gives to clients.
free_port() {
    local candidate
    for candidate in $(shuf --input-range=18000-28000 --head-count=50); do
        (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null || { echo "$candidate"; return; }
    done
    return 1
}

# rebuild OPTIONS: the script, with one execution at a time, so that others wait.
rebuild() {
    examples/waiter/rebuildandrun.sh "$port" -e MAX_RUNNING=1 --health-interval 1s >"$work/script" 2>&1 || {
        cat "$work/script" >&2
        fail 'rebuildandrun.sh has failed'
    }
    grep -q "is ready: http://localhost:$port$path?wsdl" "$work/script" || fail "it says $(tail -n 1 "$work/script")"
}

build_and_run() {
    rebuild
    curl --silent --fail --noproxy '*' "$url?wsdl" | grep -q "location=\"$url\"" || fail 'the WSDL has another address'
}

image_is_small() {
    local size user files
    size=$(docker image inspect --format '{{.Size}}' "$IMAGE")
    echo "image: $((size / 1000)) kB"
    [ "$size" -lt 15000000 ] || fail 'the image has more than 15 MB'
    user=$(docker image inspect --format '{{.Config.User}}' "$IMAGE")
    [[ $user =~ ^[1-9][0-9]*: ]] || fail "the image runs as user \`$user\`"
    # What is left without the files that the engine itself puts there.
    files=$(docker export "$id" | tar --list --exclude dev --exclude etc --exclude proc --exclude sys --exclude .dockerenv |
        grep -v '^sbin/' | sort | tr '\n' ' ')
    [ "$files" = 'data/ tmp/ waiter ' ] || fail "the image holds $files"
}

# says WORDS COMMAND: whether the command fails with these words.
says() {
    local said
    if said=$("${@:2}" 2>&1); then fail "\`${*:2}\` does not fail"; fi
    [[ $said == *"$1"* ]] || fail "\`${*:2}\` says: $said"
}

script_says_what_is_wrong() {
    local script=examples/waiter/rebuildandrun.sh
    $script --help | grep -q '^Usage: rebuildandrun.sh \[PORT\]' || fail '--help does not help'
    says 'is not a port' $script eighty
    says 'is not a port' $script 65536
    says 'cannot be reached' env DOCKER_HOST="unix://$work/nowhere" $script
    says "port $port is taken" env CONTAINER="$id-other" $script "$port"
}

# Not judged: the machine may be busy. The program of the image by itself, and then the engine with all that it does
# before and around it.
ready_soon() {
    local began server listen
    docker cp "$id:/waiter" "$work/waiter" >/dev/null
    listen=127.0.0.1:$(free_port)
    began=$(date +%s%N)
    LISTEN=$listen DATA_DIR=$work/data "$work/waiter" >"$work/log" 2>&1 &
    server=$!
    until LISTEN=$listen "$work/waiter" health --ready >/dev/null 2>&1; do
        kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; fail 'the program does not run outside'; }
    done
    echo "ready: $((($(date +%s%N) - began) / 1000000)) ms after the program's start"
    kill "$server"
    wait "$server" || fail 'the program does not end well'

    docker stop "$id" >/dev/null
    began=$(date +%s%N)
    docker start "$id" >/dev/null
    becomes 200 30 curl --silent --max-time 0.1 --noproxy '*' --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$port/ready"
    echo "ready: $((($(date +%s%N) - began) / 1000000)) ms after \`docker start\`, at the published port"
    memory_is_small
}

# What lies in memory of the server and its init, the program's own pages included. Not what the engine counts, which it
# cannot on every machine.
memory_is_small() {
    local used
    used=$(docker top "$id" -o pid,rss,args | awk 'NR > 1 && !/ health/ { sum += $2 } END { print sum }')
    echo "memory at rest: $used KiB"
    [ "$used" -gt 1000 ] || fail 'no memory is told'
    [ "$((used * 1024))" -lt 20000000 ] || fail 'it takes 20 MB or more at rest'
}

# One that ends, one that runs for longer than the test, and one that waits behind it.
executions_begin() {
    start "$url" "$token" ends 1 | grep -q 'UNSET' || fail 'the start is not answered'
    becomes 'COMPLETED FINISHED' 30 status "$url" "$token" ends
    start "$url" "$token" runs 600 >/dev/null
    start "$url" "$token" waits 1 >/dev/null
    becomes running 1 status "$url" "$token" runs
    becomes '*wait 600*' 30 docker top "$id" -o pid,args
    # Another token is another user.
    becomes 'fault: *runs*' 1 status "$url" another runs
}

# As the script does it, but step by step: how the server ended is only seen before its container is removed.
stopped_and_replaced() {
    local start=$SECONDS code
    docker stop "$id" >/dev/null
    [ $((SECONDS - start)) -lt 25 ] || fail 'it does not stop by itself'
    code=$(docker inspect --format '{{.State.ExitCode}}' "$id")
    [ "$code" = 0 ] || fail "stopped, it ends with $code"
    docker logs "$id" >"$work/log" 2>&1
    rebuild
}

outcomes_are_right() {
    # What has ended stays so, what ran was ended with the container, and what had not begun is begun now.
    becomes 'COMPLETED FINISHED' 1 status "$url" "$token" ends
    becomes 'fault: *runs*the server was stopped*' 1 status "$url" "$token" runs
    becomes 'COMPLETED FINISHED' 30 status "$url" "$token" waits
    outcome_after_a_kill
}

# Nobody is told anything, as when the machine goes down: the next server finds out.
outcome_after_a_kill() {
    start "$url" "$token" dies 600 >/dev/null
    becomes '*wait 600*' 30 docker top "$id" -o pid,args
    docker kill "$id" >/dev/null
    docker start "$id" >/dev/null
    becomes 'fault: *dies*' 30 status "$url" "$token" dies
    becomes 'COMPLETED FINISHED' 1 status "$url" "$token" ends
    echo "stopped: $(status "$url" "$token" runs)"
    echo "killed:  $(status "$url" "$token" dies)"
}

container_is_well() {
    local processes
    becomes healthy 30 docker inspect --format '{{.State.Health.Status}}' "$id"
    processes=$(docker top "$id" -o pid,uid,stat,args)
    if awk 'NR > 1 && $2 == 0' <<<"$processes" | grep .; then fail 'a process of it is root'; fi
    if awk 'NR > 1 && $3 ~ /^Z/' <<<"$processes" | grep .; then fail 'there is a zombie'; fi
    # Its health is asked for all the time, and executions have ended.
    [ "$(awk 'NR > 1' <<<"$processes" | grep -vc ' health')" = 2 ] || fail "more than init and server: $processes"
    docker logs "$id" >>"$work/log" 2>&1
    grep -q '"level":"INFO"' "$work/log" || fail 'env does not say how to log'
    if grep -q "$token" "$work/log"; then fail 'a token is in the log'; fi
}

# compose_command: the engine's own, or Debian's older one.
compose_command() {
    if docker compose version >/dev/null 2>&1; then echo 'docker compose'; return; fi
    have compose docker-compose docker-compose >&2 && echo docker-compose
}

# composed ARGUMENTS: compose with the waiter's file, wherever this is called.
composed() {
    (cd "$root/examples/waiter" && PORT=$port $compose "$@")
}

two_services_behind_nginx() {
    local service context inside
    compose=$(compose_command) && have compose nginx nginx-light || { compose=; return 0; }
    nginx_image "$NGINX_IMAGE" "$work/nginx" >"$work/compose" 2>&1 || { cat "$work/compose" >&2; fail 'nginx gets no image'; }
    port=$(free_port)
    composed up --detach >"$work/compose" 2>&1 || { cat "$work/compose" >&2; fail 'compose has failed'; }
    for context in /sintef/docker_services /sintef/more_services; do
        service=http://127.0.0.1:$port$context/waiter/Waiter
        becomes "*location=\"$service\"*" 30 curl --silent --noproxy '*' "$service?wsdl"
        start "$service" "$token" behind 0 >/dev/null
        becomes 'COMPLETED FINISHED' 30 status "$service" "$token" behind
    done
    # A caller cannot name another address.
    curl --silent --noproxy '*' --header 'X-Forwarded-Host: evil' --header 'X-Forwarded-Port: 1' "$service?wsdl" |
        grep -q "location=\"$service\"" || fail 'a caller can make up the address'
    # What is for operators stays inside.
    for inside in /metrics /health "$context/health" "$context/ready"; do
        becomes 404 1 curl --silent --noproxy '*' --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$port$inside"
    done
    one_is_replaced "$service"
}

# The other container gets another address, and nginx has to find it.
one_is_replaced() {
    composed up --detach --force-recreate --no-deps more >/dev/null 2>&1
    becomes 'COMPLETED FINISHED' 30 status "$1" "$token" behind
}
