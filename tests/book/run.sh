#!/usr/bin/env bash
# Builds the book, checks its links, and runs the commands of its pages. Needs Rust, Python 3, and for the commands a C
# compiler and curl; installs mdBook below target/tools/, once.
#
#   tests/book/run.sh             all of it
#   tests/book/run.sh build       the book only, in target/book/
#   tests/book/run.sh links       the book and its links
#   tests/book/run.sh commands [PAGE…]
set -euo pipefail
cd "$(dirname "$0")/../.."

MDBOOK=0.5.4

install_mdbook() {
    [ "$(target/tools/bin/mdbook --version 2>/dev/null)" = "mdbook v$MDBOOK" ] && return
    # Not optimised: it takes a second for this book, and half a minute less to build.
    cargo install mdbook --version "$MDBOOK" --locked --debug --no-default-features --features search \
        --root target/tools --config profile.dev.debug=false
}

build() {
    install_mdbook
    # mdBook stops at the first chapter that is missing; this names them all.
    python3 tests/book/links.py docs/SUMMARY.md
    rm -rf target/book
    target/tools/bin/mdbook build docs
}

links() { python3 tests/book/links.py docs/SUMMARY.md target/book; }

commands() {
    cargo build --locked --quiet --package soap-runtime --all-features --bin soap
    if [ $# = 0 ]; then
        set -- docs/tutorial/{README,program,service,job,progress,tests,container,register}.md
    fi
    python3 -u tests/book/commands.py "$@"
}

case "${1:-all}" in
build) build ;;
links)
    build
    links
    ;;
commands) commands "${@:2}" ;;
all)
    failed=0
    build
    links || failed=1
    commands || failed=1
    exit "$failed"
    ;;
*)
    echo "unknown: $1; see the beginning of $0" >&2
    exit 2
    ;;
esac
