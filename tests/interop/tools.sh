# What the scripts that use tools of other stacks have in common; sourced. CARGO and PYTHON choose the programs.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cargo=${CARGO:-cargo}
python=${PYTHON:-python3}

# The clients must not ask a proxy for what runs here.
export NO_PROXY=localhost,127.0.0.1 no_proxy=localhost,127.0.0.1

# skipped WHAT WHY: says so where it is seen; run.sh says it once more at its end.
skipped() {
    echo "SKIPPED: $1 ($2)" | tee -a "${SKIPPED_FILE:-/dev/null}" >&2
}

# there COMMANDS: whether all of them are there.
there() {
    local command
    for command in $1; do command -v "$command" >/dev/null || return 1; done
}

# installed PACKAGES: whether root could have Debian install them.
installed() {
    [ "$(id -u)" = 0 ] && there apt-get && apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $1 >/dev/null
}

# have NAME COMMANDS PACKAGES: whether the commands are there, at the latest after the packages are installed.
have() {
    there "$2" || { installed "$3" && there "$2"; } && return
    skipped "$1" "needs $2; on Debian: $3"
    return 1
}

# Whether there is a Python that can make environments: Debian has that in a package of its own.
have_python() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    installed 'python3 python3-venv' && "$python" -c 'import ensurepip, venv'
}

# environment FOLDER REQUIREMENTS: an environment for Python with what the list says, made once for each version of
# the list. Packages are called with `python -m`: the scripts beside them know no other folder.
environment() {
    cmp --silent "$2" "$1/requirements.txt" && return
    rm -rf "$1"
    "$python" -m venv "$1" &&
        "$1/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$2" &&
        cp "$2" "$1/requirements.txt"
}

# What a command says is only worth reading if it fails.
quietly() {
    "$@" >log 2>&1 || { cat log; return 1; }
}

# attempt COMMAND: runs it until something in it fails, and sets `status`. `if (…)` would switch `set -e` off inside.
attempt() {
    set +e
    (set -e; "$@")
    status=$?
    set -e
}

# Where cargo builds, whatever its settings say. All that is installed goes below it.
target_folder() {
    (cd "$root" && "$cargo" metadata --locked --no-deps --format-version 1) |
        "$python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])'
}

# Builds the examples and `soap` as the tests do, so that nothing is built twice, and prints the folder of `soap`.
programs() {
    (cd "$root" && "$cargo" build --quiet --examples --bin soap --message-format json-render-diagnostics) | "$python" -c '
import json, os, sys
for line in sys.stdin:
    message = json.loads(line)
    if message.get("executable") and message["target"]["name"] == "soap":
        print(os.path.dirname(message["executable"]))'
}
