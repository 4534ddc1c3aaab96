# The crates as they would be published: packed, and unpacked below target/template/crates. Sourced.

# unpack_crates FOLDER: packs soap-macros and soap-runtime, and leaves them there as folders. Cargo sees a change by the
# times of files, so a folder whose package is the same as before stays as it is.
unpack_crates() {
    local crate archive version
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
    # What is not committed yet is packed too: the test is of what is here.
    cargo package --quiet --allow-dirty --no-verify --package soap-macros --package soap-runtime
    for crate in soap-macros soap-runtime; do
        archive=$CARGO_TARGET_DIR/package/$crate-$version.crate
        rm -rf "$1/$crate.new"
        mkdir -p "$1/$crate.new"
        # In packages all files are equally old.
        tar --touch -xzf "$archive" -C "$1/$crate.new" --strip-components 1
        # The commit is in there, and does not change what is built.
        rm -f "$1/$crate.new/.cargo_vcs_info.json"
        if diff -rq "$1/$crate.new" "$1/$crate" >/dev/null 2>&1; then
            rm -rf "$1/$crate.new"
        else
            rm -rf "${1:?}/$crate"
            mv "$1/$crate.new" "$1/$crate"
        fi
    done
}
