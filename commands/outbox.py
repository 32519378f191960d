"""flask outbox: sends what waits."""

import signal
from types import FrameType

import click
from flask import current_app

from commands.noun import Noun
from commands.saying import FINDING
from models.settings import all_settings
from models.writing import end_reading
from outbox.errands import FAILED, TRY_AGAIN
from outbox.watching import waiting_by_kind
from outbox.worker import Worker, worker_of

outbox = Noun("outbox", help="What waits to leave: letters, and copies for the archive.")


@outbox.command("work")
@click.option("--once", is_flag=True, help="Do what waits now, say what became of it, and end.")
@click.option("--dry-run", is_flag=True, help="Say what waits, and do nothing.")
def work(once: bool, dry_run: bool) -> None:
    """Send what waits, until told to stop (Ctrl+C); any number of these may run.

    With --once the exit code is 1 when something could not be done.
    """
    if dry_run:
        _say_what_waits()
        return
    # A worker opens a context for each item; this one must not hold a read open meanwhile.
    end_reading()
    worker = worker_of(current_app._get_current_object())  # type: ignore[attr-defined]
    _stop_politely(worker)
    if once:
        _once(worker)
    else:
        click.echo("Sending what waits (Ctrl+C stops it).", err=True)
        worker.run()


def _once(worker: Worker) -> None:
    came = worker.work_off()
    for outcome, count in sorted(came.items()):
        click.echo(f"{outcome}\t{count}")
    if any(came[outcome] for outcome in (*FAILED, TRY_AGAIN)):
        raise SystemExit(FINDING)


def _say_what_waits() -> None:
    waiting = waiting_by_kind([setting.id for setting in all_settings()])
    for kind, count in waiting.items():
        click.echo(f"{kind}\t{count}")


def _stop_politely(worker: Worker) -> None:
    """Let the letter in hand arrive when somebody wants us to stop."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        worker.stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
