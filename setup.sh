#!/bin/sh
# Sets up what is missing: the virtual environment, the locked libraries, the system libraries that Qt needs.
# Usage: sh setup.sh [run|dev|bench]      PYTHON and VENV choose another interpreter and another folder.
set -eu
cd "$(dirname "$0")"

level=${1:-run}
venv=${VENV:-.venv}
python=$venv/bin/python

# A lock for each purpose, so that a reader's machine fetches no tools; each holds what the one before it holds.
case $level in
    run) locks="run" megabytes=110 ;;
    dev) locks="run dev" megabytes=140 ;;
    bench) locks="run dev bench" megabytes=160 ;;
    *) echo "setup.sh: run, dev or bench, not \"$level\"." >&2; exit 2 ;;
esac

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# --- system packages, on Debian and its relatives ---

qt_libraries="libEGL.so.1:libegl1 libGL.so.1:libgl1 libdbus-1.so.3:libdbus-1-3 libfontconfig.so.1:libfontconfig1
libglib-2.0.so.0:libglib2.0-0 libxkbcommon.so.0:libxkbcommon0 libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1 libxkbcommon-x11.so.0:libxkbcommon-x11-0
libxcb-shape.so.0:libxcb-shape0 libgssapi_krb5.so.2:libgssapi-krb5-2"

has_apt() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

# sudo may ask for a password only where somebody sits.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif [ -t 0 ]; then sudo "$@"
    else sudo -n "$@"
    fi
}

may_install() { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }; }

apt_install() {
    may_install || return 1
    say "Installing through apt: $*"
    as_root apt-get update -qq >/dev/null 2>&1 || say "The package lists could not be renewed; trying with those at hand."
    log=$(as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" 2>&1) && return 0
    say "$log"
    return 1
}

missing_packages() {
    present=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    for pair in $qt_libraries; do
        case $present in *"${pair%%:*} "*) ;; *) printf '%s ' "${pair#*:}" ;; esac
    done
}

# Whether all that Qt needs is there, as far as this can be known; elsewhere than on Debian it is taken to be.
set_up_system() {
    has_apt || return 0
    missing=$(missing_packages)
    # shellcheck disable=SC2086 # one word for each package
    [ -z "$missing" ] || apt_install $missing || {
        say "Qt needs system libraries that are missing. To install them: sudo apt-get install ${missing% }"
        return 1
    }
}

# --- Python and its libraries ---

find_python() {
    for name in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$name"
            return
        fi
    done
    found=$(python3 -c 'import platform; print(platform.python_version())' 2>/dev/null) || found=none
    stop "The briefing viewer needs Python 3.11 or newer (found: $found). Install a newer Python, then try again."
}

has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

make_venv() {
    if [ -d "$venv" ] && [ "$venv" != .venv ] && [ ! -e "$venv/pyvenv.cfg" ]; then
        rmdir "$venv" 2>/dev/null || stop "The folder $venv holds something else than a virtual environment; choose another."
    fi
    rm -rf "$venv"
    base=$(find_python)
    if ! has_venv "$base"; then
        if has_apt; then apt_install python3-venv || :; fi
        has_venv "$base" || stop "Python's venv module is missing. Install it (Debian, Ubuntu: sudo apt-get install python3-venv), then try again."
    fi
    "$base" -m venv "$venv" || stop "The virtual environment $venv could not be made."
}

# Each lock is kept beside what was installed from it. An interpreter that was replaced no longer finds its libraries.
has_locked() { cmp -s "requirements/$level.lock" "$venv/$level.lock" && "$python" -c 'import platformdirs' 2>/dev/null; }

install_locked() {
    if ! "$python" -m pip --version >/dev/null 2>&1; then make_venv; fi
    rm -f "$venv"/*.lock
    say "Installing the locked libraries into $venv, once: up to $megabytes MB to fetch ..."
    "$python" -m pip install -qq --no-input --disable-pip-version-check --only-binary :all: \
        --require-hashes -r "requirements/$level.lock" ||
        stop "The libraries could not be installed; pip's reason stands above. Mend that, then try again."
    for lock in $locks; do cp "requirements/$lock.lock" "$venv/$lock.lock"; done
}

system=missing
if [ -e "$venv/system-libraries" ] || set_up_system; then system=ready; fi
has_locked || install_locked
[ "$system" = missing ] || : >"$venv/system-libraries"
