#!/usr/bin/env bash
# Makes a machine ready to `run` or to `test`: system packages by apt where we may, then .venv.
# When nothing has changed since the last time it does nothing at all.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:?"use: bin/ready.sh run|test"}
requirements=requirements.txt
# Pango lays out the PDF. The fonts are for names that the bundled Noto Sans cannot write:
# most scripts of the world, Chinese and Japanese, emoji.
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fonts-noto-core fonts-droid-fallback fonts-noto-color-emoji)
if [ "$purpose" = test ]; then
    requirements=requirements-dev.txt
    packages+=(chromium poppler-utils qpdf mupdf-tools libnss3-tools
        default-jdk-headless libjaxb-java)
    command -v node >/dev/null || packages+=(nodejs)
    # Caddy's package starts a web server at once, so it is not put on somebody's own machine.
    if [ "${CI:-}" = true ]; then packages+=(caddy); fi
fi

say() { echo "$*" >&2; }

stop() {
    say "$*"
    exit 2
}

# Prints the command prefix that lets us install packages, or fails.
allowed() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "sudo -n env"
    else
        return 1
    fi
}

is_missing() { ! dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

# Installs what is missing of the packages named; says the exact command where it may not.
install_packages() {
    command -v dpkg-query >/dev/null || {
        say "This is not Debian or Ubuntu: please install what these packages hold: $*"
        return 1
    }
    local missing=() package prefix
    for package in "$@"; do
        if is_missing "$package"; then missing+=("$package"); fi
    done
    if [ ${#missing[@]} = 0 ]; then return 0; fi
    local options=(install -y --no-install-recommends "${missing[@]}")
    prefix=$(allowed) || {
        say "Some system packages are missing. Install them with:"
        say "    sudo apt-get ${options[*]}"
        return 1
    }
    say "Installing ${missing[*]} ..."
    $prefix apt-get update -qq </dev/null
    $prefix DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "${options[@]}" \
        </dev/null >/dev/null
}

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    stop "Fingerpost needs Python 3.11 or newer; set PYTHON= to where it is."
}

make_venv() {
    local python
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        install_packages python3-venv || stop "Without python3-venv there is no going on."
    fi
    say "Making .venv ..."
    "$python" -m venv .venv || stop "The virtual environment .venv could not be made."
}

fingerprint() { { cat requirements.txt "$requirements" bin/ready.sh; echo "${CI:-}"; } | cksum; }

stamp=.venv/ready-to-$purpose
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ]; then
    exit 0
fi
install_packages "${packages[@]}" || say "Going on without them."
if [ ! -x .venv/bin/python ]; then make_venv; fi
say "Installing $requirements ..."
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes \
    -r "$requirements" || stop "The Python packages could not be installed; pip says why above."
.venv/bin/python -c 'import weasyprint' 2>/dev/null ||
    stop "WeasyPrint cannot find Pango, so no PDF could be made; install the packages named above."
fingerprint >"$stamp"
