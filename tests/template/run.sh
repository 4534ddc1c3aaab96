#!/usr/bin/env bash
# Does with examples/template what its README says, in a folder outside of the repository: renames it, builds it from
# the crates as they would be published, runs it, calls it, tests it. It is built where the repository is built, for
# many of the crates that it needs are there.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/interop/tools.sh
source tests/template/crates.sh

CARGO_TARGET_DIR=$(target_folder)
export CARGO_TARGET_DIR
SKIPPED_FILE=/dev/null
# Settings from outside must not lead the program elsewhere. With CI set no contract is written, and here it is new.
unset CI CONTEXT_ROOT DATABASE_URL EXECUTOR PUBLIC_URL SOAP_LOCK SOLVER MESHER TRUSTED_PROXIES UNCHANGED
# Outside of the repository rust-toolchain.toml counts for nothing.
RUSTUP_TOOLCHAIN=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
export RUSTUP_TOOLCHAIN

work=$(mktemp -d)
server=
ended() {
    if [ -n "$server" ] && kill -TERM "$server" 2>/dev/null; then wait "$server" || true; fi
    rm -rf "$work"
}
trap ended EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

failed() {
    echo "$1" >&2
    [ ! -s "$work/log" ] || { echo "the log of the program:" >&2; cat "$work/log" >&2; }
    exit 1
}

# block SECTION NUMBER: the commands of the README in that block of that section.
block() {
    awk -v section="## $1" -v number="$2" '
        /^## / { here = $0 == section }
        here && /^```sh$/ { inside = ++count == number; next }
        /^```$/ { inside = 0 }
        inside' README.md
}

# does SECTION NUMBER: does what that block says, with the address of the server that runs here.
does() {
    local commands
    commands=$(block "$1" "$2")
    [ -n "$commands" ] || failed "the README has no commands number $2 in \"$1\""
    bash -euo pipefail -c "${commands//localhost:8080/${address:-localhost:8080}}"
}

# expect WHAT PATTERN TEXT
expect() {
    grep -q "$2" <<<"$3" || failed "$1: expected $2, but it is: $3"
}

crates=$CARGO_TARGET_DIR/template/crates
unpack_crates "$crates"
[ "$(find examples/template -type f ! -name .gitignore | wc -l)" = 5 ] || failed 'the template has other than five files'

cp -r examples/template "$work/mesher"
# The versions that all else is tested with, so that nothing of today's is downloaded.
cp Cargo.lock "$work/mesher/Cargo.lock"
cd "$work/mesher"

does 'Make it yours' 1
if grep -rniq solver --exclude Cargo.lock .; then failed 'the old name is still there'; fi
# What the README says until there is something on crates.io, with the folder of the packages.
toml=$(awk '/^```toml$/ { inside = 1; next } /^```$/ { inside = 0 } inside' README.md)
cat >>Cargo.toml <<END

${toml//..\/soap-runtime\/soap-runtime/$crates/soap-runtime}
soap-macros = { path = "$crates/soap-macros" }
END

# `cargo run` as the README has it, in two steps: the server has to be ended by its own id.
expect 'the first block of "Run it"' '^cargo run$' "$(block 'Run it' 1)"
cargo build
[ -s contract/Mesher.wsdl ] || failed 'the build has left no contract'
expect 'the WSDL to register' 'location="https://host.example/mesher/Mesher"' "$(cat wsdl/Mesher.wsdl)"

program=$CARGO_TARGET_DIR/debug/mesher
DATA_DIR=$work/data LISTEN=127.0.0.1:0 "$program" >"$work/out" 2>"$work/log" &
server=$!
address=
for _ in $(seq 100); do
    address=$(sed -n 's|^ *endpoint *http://\([^/]*\)/.*|\1|p' "$work/out")
    [ -z "$address" ] || break
    kill -0 "$server" 2>/dev/null || failed 'the program has ended'
    sleep 0.1
done
[ -n "$address" ] || failed 'the program does not say where it is'

expect 'the estimate' 'seconds>2.0</' "$(does 'Call it' 1)"
expect 'the start' 'status_base64>[A-Za-z0-9]' "$(does 'Call it' 2)"
for _ in $(seq 100); do
    answer=$(does 'Call it' 3)
    case $answer in *'status_base64>COMPLETED<'*) break ;; esac
    sleep 0.2
done
expect 'the end' 'result>solved in 4 steps<' "$answer"
if [ -x "$CARGO_TARGET_DIR/debug/soap" ]; then
    PATH=$CARGO_TARGET_DIR/debug:$PATH
    said=$(does 'Call it' 4) || failed "soap: $said"
    expect 'soap' 'solved in 4 steps' "$said"
else
    skipped 'the template with soap' 'cargo test builds it'
fi
LISTEN=$address "$program" health || failed 'the command that HEALTHCHECK has says that it is ill'
expect 'HEALTHCHECK' '"/mesher", "health"' "$(grep HEALTHCHECK Dockerfile)"
kill -TERM "$server"
wait "$server" || failed 'the program does not end well'
server=

does 'Test it' 1
cargo fmt --check
# `cargo clippy` would check all that the program needs anew. So what is built already counts, and nobody warns.
touch src/main.rs
RUSTC_WORKSPACE_WRAPPER=clippy-driver cargo build --tests 2>"$work/log" || failed 'clippy fails'
if grep '^warning' "$work/log" | grep -v 'is new; commit it'; then failed 'there are warnings'; fi
# A promise that is broken fails the build.
sed -i '0,/#\[soap(min/s//#[soap(name = "rounds", min/' src/main.rs
if cargo build 2>"$work/log"; then failed 'a broken contract is not noticed'; fi
expect 'what the build says' 'the input steps is now called rounds' "$(cat "$work/log")"
