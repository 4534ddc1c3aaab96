# A container engine for the test: the one that answers, else a private dockerd, which needs root but no systemd. Sourced.

# have_engine FOLDER: whether there is an engine, at the latest after it has been started with its files in FOLDER.
have_engine() {
    there docker && docker version >/dev/null 2>&1 && return
    if [ "$(id -u)" != 0 ]; then
        skipped containers 'no container engine answers, and only root can start one'
        return 1
    fi
    have containers 'docker dockerd ip unshare' 'docker.io iproute2' || return 1
    start_engine "$1" || {
        tail -n 20 "$1/log" >&2
        skipped containers 'dockerd cannot be started here'
        return 1
    }
}

# A bridge of its own, so that other engines on this machine are left alone. Ports are published by docker-proxy: no
# rule of the firewall is written.
start_engine() {
    local folder=$1 net=10.$((128 + $$ % 64))
    bridge=soap$(($$ % 1000000))
    mkdir -p "$folder"
    : >"$folder/log"
    ip link add "$bridge" type bridge && ip address add "$net.0.1/24" dev "$bridge" && ip link set "$bridge" up || return
    # In mounts of its own: they are gone with it.
    unshare --mount bash -c "$(declare -f mount_cgroups); mount_cgroups; exec \"\$@\"" dockerd dockerd \
        --host "unix://$folder/socket" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" \
        --bridge "$bridge" --default-address-pool "base=$net.128.0/17,size=24" \
        --iptables=false --ip6tables=false --ip-forward=false \
        --exec-opt native.cgroupdriver=cgroupfs >"$folder/log" 2>&1 </dev/null &
    engine=$!
    export DOCKER_HOST=unix://$folder/socket
    local tries
    for tries in $(seq 300); do
        docker version >/dev/null 2>&1 && return
        kill -0 "$engine" 2>/dev/null || return
        sleep 0.1
    done
    return 1
}

# The engine puts containers into groups, whose tree a bare machine has not mounted.
mount_cgroups() {
    mountpoint --quiet /sys/fs/cgroup || mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null ||
        mount -t tmpfs -o mode=755 none /sys/fs/cgroup
    [ ! -e /sys/fs/cgroup/cgroup.controllers ] || return 0
    local controller
    for controller in $(awk '!/^#/ && $4 == 1 {print $1}' /proc/cgroups); do
        mountpoint --quiet "/sys/fs/cgroup/$controller" && continue
        mkdir -p "/sys/fs/cgroup/$controller"
        mount -t cgroup -o "$controller" none "/sys/fs/cgroup/$controller" 2>/dev/null || true
    done
}

stop_engine() {
    if [ -n "${engine:-}" ]; then
        kill "$engine" 2>/dev/null || true
        wait "$engine" 2>/dev/null || true
    fi
    [ -z "${bridge:-}" ] || ip link delete "$bridge" 2>/dev/null || true
}
