"""Brings up outbox workers that can be killed: imports the app once, then forks one at a time.

It sends the first letter itself. Commands on standard input: "start" forks a worker, "kill" kills
it at once, "wait" lets it end; each is answered by one line. It is noon in here, because letters
do not leave at night.
"""

import os
import signal
import sys
from datetime import UTC, datetime

import clock
from app import HANDLERS, create_app
from extensions import db
from outbox.worker import Worker

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def main() -> None:
    """Obey until the input ends."""
    app = create_app()
    worker, child = Worker(app, HANDLERS), 0
    # The first letter takes seconds of preparing, which every child would have to do again.
    with clock.set_to(NOON):
        worker.one()
    with app.app_context():
        db.engine.dispose()
    _say("ready")
    for line in sys.stdin:
        command = line.strip()
        if command == "start":
            child = os.fork()
            if child == 0:
                with clock.set_to(NOON):
                    worker.work_off()
                os._exit(0)
            _say("started")
        else:
            if command == "kill":
                # A worker that has ended by itself is still ours until it is waited for.
                os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            _say("killed" if os.WIFSIGNALED(status) else f"ended {os.WEXITSTATUS(status)}")


def _say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    main()
