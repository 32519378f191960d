"""How gunicorn serves Fingerpost. Where it listens comes from Config, by bin/serve.py."""

import gc
import sys
import threading
from typing import Any

from gunicorn.arbiter import Arbiter

wsgi_app = "app:create_app()"
worker_class = "gthread"
# One process: SQLite has one writer anyway, and its queue (models/writing.py) is in the process.
workers = 1
threads = 8

# A signing takes half a second; a worker that is silent for a minute is stuck.
timeout = 60
graceful_timeout = 30
keepalive = 5
SECONDS_FOR_THE_LAST_LETTER = 20

# Slips and lists are printed here, and WeasyPrint keeps a fifth of a megabyte of each. A fresh
# worker gives it back; whoever comes meanwhile waits the seconds that it takes to start.
max_requests = 2000

# Only what whoever hosts needs to know; no list of who asked for what is kept.
loglevel = "warning"
accesslog = None

# By default gunicorn opens a control socket in the home folder, and believes any program on this
# machine about the scheme. Config's TRUSTED_PROXIES alone says whom to believe.
control_socket_disable = True
forwarded_allow_ips = ""

# The database and its journal are for the server's own user.
umask = 0o077


def post_worker_init(worker: Any) -> None:
    """Stop at once when the master key is the wrong one: no signing could be sealed."""
    from backends.vault import MasterKeyDoesNotFit
    from models.keys import current_key
    from models.settings import any_setting

    with worker.wsgi.app_context():
        try:
            if any_setting():
                current_key("ca").private()
        except MasterKeyDoesNotFit as error:
            print(error.__doc__, file=sys.stderr)
            sys.exit(Arbiter.APP_LOAD_ERROR)
    # What was loaded until now stays for good. Looking through all of it for rubbish takes a tenth
    # of a second, in which nobody's signing goes on.
    gc.collect()
    gc.freeze()
    if worker.wsgi.config["FINGERPOST"].outbox_thread:
        _start_outbox(worker)


def _start_outbox(worker: Any) -> None:
    """Send what waits from a thread of this process, until the process is told to stop."""
    from outbox.worker import worker_of

    worker.outbox = worker_of(worker.wsgi, gentle=True)
    worker.outbox_thread = threading.Thread(target=worker.outbox.run, name="outbox", daemon=True)
    worker.outbox_thread.start()


def worker_exit(_server: Any, worker: Any) -> None:
    """Let a letter that is on its way arrive first: a broken one would be sent once more."""
    if hasattr(worker, "outbox"):
        worker.outbox.stopping.set()
        worker.outbox_thread.join(SECONDS_FOR_THE_LAST_LETTER)
