# An image with Debian's nginx, since images cannot be pulled everywhere. Sourced.

# nginx_image NAME FOLDER: the program of this machine with its libraries, in folders where it expects them.
nginx_image() {
    local tag=$1 root=$2 library
    mkdir -p "$root"/{etc/nginx,tmp,var/log/nginx,var/lib/nginx,usr/sbin}
    cp "$(command -v nginx)" "$root/usr/sbin/nginx"
    # Each with its path, the loader as well; what the linker brings of its own has none.
    for library in $(ldd "$(command -v nginx)" | grep -o '/[^ ]*'); do
        mkdir -p "$root$(dirname "$library")"
        cp --dereference "$library" "$root$library"
    done
    # Its workers are nobody.
    grep '^nobody:' /etc/passwd >"$root/etc/passwd"
    grep '^nogroup:' /etc/group >"$root/etc/group"
    printf '%s\n' 'FROM scratch' 'COPY . /' 'EXPOSE 80' 'STOPSIGNAL SIGQUIT' \
        'CMD ["/usr/sbin/nginx", "-g", "daemon off;"]' >"$root.Dockerfile"
    docker build --quiet --file "$root.Dockerfile" --tag "$tag" "$root"
}
