"""The least that a server does with a signing: it takes it, and puts as much on the disk.

gunicorn reads this file as its configuration, with the same worker and threads as ours, and finds
the app in it. Nothing is opened, checked, filled in or sealed; only the ground stays, which is
Flask, the line, one writer at a time and one wait for the disk.
"""

import os
import threading
from pathlib import Path

from flask import Flask, request

from backends.database import pragmas, sqlite3

bind = f"127.0.0.1:{os.environ.get('PORT', '0')}"
wsgi_app = "bench.bare:create_app()"
worker_class = "gthread"
workers = 1
threads = 8
loglevel = "warning"
control_socket_disable = True

# What a record adds to the database.
BYTES = 12_000


def create_app() -> Flask:
    """One route that answers as ours does, when the row is on the disk."""
    app, turn, own = Flask(__name__), threading.Lock(), threading.local()
    path, record = Path(os.environ["FINGERPOST_INSTANCE"]) / "bare.sqlite", os.urandom(BYTES)

    def connection() -> sqlite3.Connection:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(path, isolation_level=None)
            for pragma in pragmas(sqlite3.sqlite_version_info):
                own.connection.execute(f"PRAGMA {pragma}")
        ready: sqlite3.Connection = own.connection
        return ready

    connection().execute("CREATE TABLE records (id TEXT PRIMARY KEY, pdf BLOB)")

    @app.get("/up")
    def up() -> str:
        return "up"

    @app.put("/kiosk/signings/<signing_id>")
    def accept(signing_id: str) -> tuple[dict[str, str], int]:
        request.get_data(cache=False)
        with turn:
            connection().execute("BEGIN IMMEDIATE")
            connection().execute("INSERT INTO records VALUES (?, ?)", (signing_id, record))
            connection().execute("COMMIT")
        return {"record_id": signing_id}, 201

    return app
