#!/usr/bin/env bash
# bin/postgres.sh COMMAND...: runs COMMAND with DATABASE_URL set to a throw-away PostgreSQL,
# which exists only as long as the command runs.
set -euo pipefail

[ $# -gt 0 ] || {
    echo "use: bin/postgres.sh COMMAND..." >&2
    exit 2
}

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ]; then
    programs=$(pg_config --bindir 2>/dev/null) || {
        echo "PostgreSQL is missing. Install it with: sudo apt-get install postgresql" >&2
        exit 2
    }
fi

# PostgreSQL refuses to run as root, so root lends the work to the user that Debian made for it.
as_owner() { "$@"; }
owner=$(id -un)
if [ "$(id -u)" = 0 ]; then
    owner=postgres
    as_owner() { (cd / && exec runuser -u postgres -- "$@"); }
fi

folder=$(mktemp -d)
started=
clean_up() {
    if [ -n "$started" ]; then
        as_owner "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null || true
    fi
    rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

if [ "$(id -u)" = 0 ]; then chown postgres: "$folder"; fi
as_owner "$programs/initdb" -D "$folder/data" -A trust -E UTF8 --locale=C.UTF-8 -N >/dev/null
# Nothing in it outlives the run, so it need not wait for the disk. Only a socket, no port.
as_owner "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w start -o \
    "-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off -c full_page_writes=off" \
    >/dev/null || {
    cat "$folder/log" >&2
    exit 1
}
started=yes

DATABASE_URL="postgresql://$owner@/postgres?host=$folder" "$@"
