#!/usr/bin/env bash
# scripts/setup.sh run|test|bench   installs what that needs and is missing; says nothing when all is there
#
# Debian packages come through apt (with sudo when not root). On another system it prints exactly what is missing and
# stops. A stamp remembers the last list that was complete, so that the next start does not look again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

purpose=${1:-run}

# What the Swift toolchain itself leans on, the libraries we link, and what the server needs while it runs.
run=(
    ca-certificates git binutils gcc libc6-dev libstdc++-12-dev libcurl4 libncurses6 libsqlite3-0
    libuuid1 libxml2 tzdata zlib1g-dev
    pkg-config libsqlite3-dev libpq-dev libssl-dev libpango1.0-dev libarchive-dev
    fonts-noto-cjk
)
test=(
    postgresql-15 chromium poppler-utils poppler-data libnss3-tools qpdf unzip python3 python3-venv shellcheck
)
bench=(postgresql-15 python3 wrk eatmydata)

case $purpose in
    run) packages=("${run[@]}") ;;
    test) packages=("${run[@]}" "${test[@]}") ;;
    bench) packages=("${run[@]}" "${bench[@]}") ;;
    *)
        echo "usage: scripts/setup.sh run|test|bench" >&2
        exit 2
        ;;
esac

. scripts/progress.sh

# The browser's and the API's tests run in a Python environment of their own.
make_python_environment() {
    local wanted=Tests/Browser/requirements.txt
    if [[ ! -f $wanted ]] || cmp -s "$wanted" .venv/requirements.txt 2>/dev/null; then return 0; fi
    echo "Making the Python environment .venv"
    rm -rf .venv
    /usr/bin/python3 -m venv .venv
    with_heartbeat "fetching Python packages" .venv/bin/pip install -q --disable-pip-version-check -r "$wanted"
    cp "$wanted" .venv/requirements.txt
}

stamp=.build/stamps/setup-$purpose
list=$(printf '%s\n' "${packages[@]}")
if [[ -f $stamp && $(<"$stamp") == "$list" ]]; then
    if [[ $purpose == test ]]; then make_python_environment; fi
    exit 0
fi

check_swift() {
    local version
    if ! command -v swift >/dev/null; then
        echo "There is no Swift here. Xiezhi needs Swift 6.2 or later: https://www.swift.org/install/linux/debian/12/" >&2
        exit 1
    fi
    if ! swift --version >/dev/null; then
        echo "This Swift does not start; what it lacks stands above." >&2
        exit 1
    fi
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -1)
    if [[ -z $version ]] || ((${version%.*} < 6 || (${version%.*} == 6 && ${version#*.} < 2))); then
        echo "Swift ${version:-of an unknown version} is too old: Xiezhi needs 6.2 or later." >&2
        echo "Get it from https://www.swift.org/install/linux/debian/12/" >&2
        exit 1
    fi
}

# On a system without dpkg: what can be asked of pkg-config, and the Debian names of the rest as a hint.
say_what_is_missing_elsewhere() {
    local module missing=()
    for module in libpq libcrypto pangocairo libarchive sqlite3 zlib; do
        pkg-config --exists "$module" 2>/dev/null || missing+=("$module")
    done
    if [[ ${XIEZHI_PACKAGES:-} == present || ($purpose == run && ${#missing[@]} == 0) ]]; then return 0; fi
    echo "This is not a Debian system, so nothing was installed." >&2
    if ((${#missing[@]} > 0)); then
        echo "Missing libraries with headers, as pkg-config names them: ${missing[*]}" >&2
    fi
    echo "Needed, by the names of Debian 12: ${packages[*]}" >&2
    echo "When they are there, say so once with XIEZHI_PACKAGES=present scripts/setup.sh $purpose" >&2
    exit 1
}

install_missing() {
    local package state missing=() as_root=()
    for package in "${packages[@]}"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [[ $state == installed ]] || missing+=("$package")
    done
    if ((${#missing[@]} == 0)); then return 0; fi
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing, and there is no sudo to install them. As root:" >&2
            echo "    apt-get install --no-install-recommends ${missing[*]}" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    # The proxy and the mirrors of the caller's environment are apt's to read from its own settings, not ours to change.
    with_heartbeat "reading the lists of packages" "${as_root[@]}" apt-get -q -q update
    with_heartbeat "installing packages" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "${missing[@]}"
}

if command -v dpkg-query >/dev/null; then install_missing; else say_what_is_missing_elsewhere; fi
check_swift
mkdir -p "$(dirname "$stamp")"
printf '%s\n' "$list" >"$stamp"
if [[ $purpose == test ]]; then make_python_environment; fi
