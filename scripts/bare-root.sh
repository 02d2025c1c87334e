#!/usr/bin/env bash
# scripts/bare-root.sh            `make run` in a Debian 12 with nothing in it, twice, with the time until the home page
# scripts/bare-root.sh COMMAND…   that command instead, in the clone, in the same bare root
#
# As root, with debootstrap and the network. The last commit is cloned; the Swift toolchain of this machine is lent to
# the bare root, and so are package mirrors that git is configured to use here. Nothing stays behind but the log, in
# out/bare-root.log. XIEZHI_BARE_ROOT names a folder to keep the bootstrapped root in between tries.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ((EUID != 0)); then
    echo "A bare root needs root." >&2
    exit 1
fi
for tool in debootstrap unshare chroot curl git; do
    command -v "$tool" >/dev/null || { echo "$tool is missing." >&2; exit 1; }
done
# Mounts and processes of their own, which see no others: all of them end with this script.
if [[ -z ${XIEZHI_INSIDE:-} ]]; then
    XIEZHI_INSIDE=1 exec unshare --mount-proc --pid --fork --kill-child --propagation private "$0" "$@"
fi

readonly address=http://127.0.0.1:8080/
repository=$PWD
log=$repository/out/bare-root.log
mkdir -p out
: >"$log"

if [[ -n ${XIEZHI_BARE_ROOT:-} ]]; then
    base=$XIEZHI_BARE_ROOT
    mkdir -p "$base"
else
    base=$(mktemp -d "${TMPDIR:-/tmp}/xiezhi-bare.XXXXXX")
fi
root=$base/debian

# lend PATH: the same path inside, read only.
lend() {
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    mount -o remount,bind,ro "$root$1"
}

# The mounts go first, whatever happens: rm must never walk into them.
leave() {
    local mounted
    while read -r mounted; do umount -l "$mounted" || return; done < <(awk -v r="$root/" 'index($2, r) == 1 {print $2}' /proc/mounts | tac)
    if [[ -n ${XIEZHI_BARE_ROOT:-} ]]; then rm -rf "$root/srv/court"; else rm -rf --one-file-system "$base"; fi
}
trap leave EXIT

if [[ ! -x $root/bin/bash ]]; then
    echo "Bootstrapping a bare Debian 12 …"
    debootstrap --variant=minbase bookworm "$root" >>"$log" 2>&1
fi

mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/resolv.conf"

swift_bin=$(dirname "$(readlink -f "$(command -v swift)")")
toolchain=$(cd "$swift_bin/../.." && pwd)
if [[ $toolchain == / ]]; then
    echo "Swift lies in /usr here and cannot be lent; use a toolchain in a folder of its own." >&2
    exit 1
fi
lend "$toolchain"

# url.<mirror>.insteadof <original>: a mirror that is a folder is lent, one on the network just named.
: >"$root/etc/gitconfig"
while read -r key original; do
    mirror=${key#url.}
    mirror=${mirror%.insteadof}
    if [[ -d $mirror && ! -e $root$mirror/. ]]; then lend "${mirror%/}"; fi
    printf '[url "%s"]\n\tinsteadOf = %s\n' "$mirror" "$original" >>"$root/etc/gitconfig"
done < <(git config --get-regexp '^url\..*\.insteadof$' || true)

git clone -q "file://$repository" "$root/srv/court"

inside() {
    chroot "$root" /usr/bin/env -i HOME=/srv LANG=C.UTF-8 PATH="$swift_bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
        http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" /bin/bash -c "cd /srv/court && $1"
}

# All that a newcomer types before: the README says so.
inside "apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends make" >>"$log" 2>&1

if (($# > 0)); then
    inside "$*" 2>&1 | tee -a "$log"
    exit 0
fi

# until_home_page SECONDS -> prints how long it took from `make run` to the first home page
until_home_page() {
    local began=$SECONDS maker
    inside "exec make run" >>"$log" 2>&1 &
    maker=$!
    while ! curl -fsS -o "$base/home.html" "$address" 2>/dev/null; do
        if ! kill -0 "$maker" 2>/dev/null; then
            echo "make run ended early:" >&2
            tail -30 "$log" >&2
            return 1
        fi
        if ((SECONDS - began > $1)); then
            echo "no home page after $1 s:" >&2
            tail -30 "$log" >&2
            return 1
        fi
        sleep 0.2
    done
    echo "$((SECONDS - began)) s"
    # Only what runs in here is seen in here.
    pkill -TERM -x xiezhi
    wait "$maker" || true
}

if curl -fsS -o /dev/null "$address" 2>/dev/null; then
    echo "Something already answers on $address." >&2
    exit 1
fi
echo "first make run, until the home page:  $(until_home_page 1500)"
echo "second make run, until the home page: $(until_home_page 60)"
