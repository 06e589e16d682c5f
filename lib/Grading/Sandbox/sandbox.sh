# A system of its own for a command: what is named is there to be read, a few megabytes in memory can be written, and
# there is nothing else. It runs as the first process of new namespaces (unshare --user --map-root-user --mount --pid ...).
#
#   sandbox.sh EMPTY_FOLDER BYTES PROCESSES READ_ONLY_PATH... -- COMMAND ARGUMENT...
#
# PROCESSES is how many processes and threads there may be, for a Linux that counts them by namespace (6.14), or "".
set -eu
root=$1
bytes=$2
processes=$3
shift 3
mount -t tmpfs -o "size=$bytes,mode=755,nosuid,nodev" tmpfs "$root"

# A mount keeps the flags that its file system had outside; noexec may be among them.
protect() {
    mount -o "remount,bind,ro,nosuid,nodev" "$1" 2>/dev/null || mount -o "remount,bind,ro,nosuid,nodev,noexec" "$1"
}
show() {
    if [ -L "$1" ] && [ "$(dirname "$1")" = / ]; then # /bin to /usr/bin, and the like
        ln -s "$(readlink "$1")" "$root$1"
        return
    elif [ -d "$1" ]; then
        mkdir -p "$root$1"
    else
        mkdir -p "$root$(dirname "$1")"
        : >"$root$1"
    fi
    mount --bind "$1" "$root$1"
    protect "$root$1"
}
while [ "$1" != -- ]; do
    show "$1"
    shift
done
shift

mkdir -p "$root/tmp/work" "$root/dev/shm" "$root/proc" "$root/outside"
for device in null zero full random urandom; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
cd "$root"
pivot_root . outside
cd /tmp/work
umount -l /outside
rmdir /outside

# One user namespace more, without rights over the mounts above, and none after it. It does not take this process's
# place: the first process of a namespace would not hear its own signals.
[ -z "$processes" ] || echo "$processes" >/proc/sys/kernel/pid_max
echo 1 >/proc/sys/user/max_user_namespaces
protect /proc
unshare --user -- "$@"
