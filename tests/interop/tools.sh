# What the scripts that use tools of other stacks have in common; sourced.

# have NAME COMMANDS PACKAGES: whether the commands are there, at the latest after the packages are installed.
have() {
    command -v $2 >/dev/null && [ "$(command -v $2 | wc -l)" = "$(wc -w <<<"$2")" ] && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $3 >/dev/null; } && return
    fi
    echo "SKIPPED: $1 (needs $2; on Debian: $3)"
    return 1
}

# What a command says is only worth reading if it fails.
quietly() {
    "$@" >log 2>&1 || { cat log; return 1; }
}
