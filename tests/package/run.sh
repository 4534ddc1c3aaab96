#!/usr/bin/env bash
# What the crates are published with: their packages, their licences and dependencies, the oldest Rust. Installs
# cargo-deny and cargo-shear below target/package-tools. That the packages build is what tests/template/run.sh shows.
set -euo pipefail
cd "$(dirname "$0")/../.."
source tests/interop/tools.sh
SKIPPED_FILE=/dev/null

failed() {
    printf '%s\n' "$1" >&2
    exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

have_python || failed "$python with venv is needed; on Debian: python3 python3-venv"
CARGO_TARGET_DIR=$(target_folder)
export CARGO_TARGET_DIR
tools=$CARGO_TARGET_DIR/package-tools
environment "$tools" tests/package/requirements.txt

echo '-- the oldest Rust'
# All checks run with the pinned toolchain. So rust-version is what they show, and no guess.
pinned=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
for manifest in Cargo.toml examples/template/Cargo.toml; do
    oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$manifest")
    [ "$oldest" = "${pinned%.*}" ] || failed "$manifest: rust-version is $oldest, and rust-toolchain.toml has $pinned"
done

echo '-- the packages'
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
# What is not committed yet is packed too: the check is of what is here.
cargo package --allow-dirty --no-verify --package soap-macros --package soap-runtime 2>&1 | tee "$work/log"
if grep -q '^warning' "$work/log"; then failed 'cargo warns of the packages'; fi
for crate in soap-macros soap-runtime; do
    package=$CARGO_TARGET_DIR/package/$crate-$version.crate
    tar -tzf "$package" | sed "s|^$crate-$version/||" | sort >"$work/packed"
    for file in LICENSE-APACHE LICENSE-MIT README.md src/lib.rs; do
        grep -qx "$file" "$work/packed" || failed "$crate: the package has no $file"
    done
    # A licence is the text and not a link to where it is in the repository.
    tar -xzf "$package" -C "$work"
    cmp LICENSE-MIT "$work/$crate-$version/LICENSE-MIT" || failed "$crate: the package has another licence"
    # Only what git has: else a forgotten file would go out too.
    git ls-files "$crate" | sed "s|^$crate/||" | sort >"$work/known"
    stray=$(comm -23 "$work/packed" "$work/known" | grep -vxE '\.cargo_vcs_info\.json|Cargo\.lock|Cargo\.toml\.orig' || true)
    [ -z "$stray" ] || echo "$crate: git does not know $stray"
    # crates.io takes 10 MiB.
    bytes=$(stat -c %s "$package")
    [ "$bytes" -lt $((2 << 20)) ] || failed "$crate: the package has $bytes bytes"
done

echo '-- dependencies that are not used'
"$tools/bin/cargo-shear" shear --locked

echo '-- licences, bans, sources'
"$tools/bin/cargo-deny" --locked check licenses bans sources

echo '-- advisories'
# The database is a git repository. Where it cannot be had, a copy will do: git's `url.COPY.insteadOf` leads there.
if "$tools/bin/cargo-deny" fetch db >"$work/log" 2>&1; then
    "$tools/bin/cargo-deny" --locked --offline check advisories
else
    tail -n 3 "$work/log" >&2
    skipped 'advisories' 'the database of RustSec cannot be had'
fi
