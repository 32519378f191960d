"""What one record costs: filled in, printed whole, and what its own parts cost, turn by turn.

CPU milliseconds of one process; the ratios are medians of the ratios within each turn, because
other work on the machine slows all parts of a turn alike. Run alone: python -m bench.records.
"""

import json
import os
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from backends.database import pragmas, sqlite3
from records.cms import CmsSigner
from records.facts import Facts
from records.layout import lay_out
from records.making import Made, Ready, make, make_ready
from records.seal import load_signer, new_authority, new_seal
from records.tail import EFFORT
from tests.records.fixtures import facts, printed_of, sealed_of

TURNS = int(os.environ.get("BENCH_RECORDS", "9"))
# A filled record is so quick that many are timed at once.
MANY = 40


def measure() -> dict[str, Any]:
    """Take turns: one record printed whole, many filled in, many of their own parts."""
    says = facts()
    at = says.times.received_at
    authority = new_authority("Fingerpost", at - timedelta(days=80))
    pair = new_seal(authority, says.setting.name, at - timedelta(days=80))
    signer = load_signer(pair, authority.certificate_der)
    template = lay_out(says.fixed)
    ready = make_ready(UUID(int=0), template.pdf, template.plan)
    with tempfile.TemporaryDirectory() as folder:
        keep = _durable(Path(folder) / "bench.db")
        parts = _parts(says, ready, signer)
        turns = [
            {
                "whole": _cost(1, lambda: sealed_of(printed_of(says), signer, at)),
                "filled": _cost(MANY, lambda: make(says, ready, signer, at)),
                "filled_and_kept": _cost(MANY, lambda: keep(make(says, ready, signer, at))),
                "its_parts": _cost(MANY, lambda: keep(parts())),
            }
            for _ in range(TURNS + 1)
        ][1:]
    made = make(says, ready, signer, at)
    return {
        "turns": TURNS,
        **{f"{name}_cpu_ms_p50": _median(turns, name) for name in turns[0]},
        "whole_over_filled": _ratio(turns, "whole", "filled"),
        "filled_and_kept_over_its_parts": _ratio(turns, "filled_and_kept", "its_parts"),
        "new_bytes_per_record": len(made.pdf),
        "template_bytes": len(template.pdf),
        "record_bytes": made.size,
    }


def _parts(says: Facts, ready: Ready, signer: CmsSigner) -> Callable[[], Made]:
    """Only what cannot be spared: one signature, the hashes, the deflating, the same bytes kept."""
    made = make(says, ready, signer, says.times.received_at)
    streams = _streams(made)
    key = signer.key

    def work() -> Made:
        for content in streams:
            zlib.compress(content, EFFORT)
        for _ in range(2):
            running = ready.begun.copy()
            running.update(made.pdf)
        key.sign(running.digest(), ec.ECDSA(hashes.SHA256()))
        return made

    return work


def _streams(made: Made) -> list[bytes]:
    """What was deflated in a record's own part."""
    parts = made.pdf.split(b">>stream\n")[1:]
    packed = [part.split(b"\nendstream")[0] for part in parts]
    return [zlib.decompress(part) for part in packed if part[:1] == b"\x78"]


def _durable(path: Path) -> Callable[[Made], None]:
    """A function that keeps bytes as a signing does: one insert, on the disk before it returns."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in pragmas(sqlite3.sqlite_version_info):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE kept (sha256 TEXT, pdf BLOB)")

    def keep(made: Made) -> None:
        connection.execute("INSERT INTO kept VALUES (?, ?)", (made.sha256, made.pdf))

    return keep


def _cost(times: int, work: Callable[[], object]) -> float:
    """CPU milliseconds for one of them."""
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times * 1000


def _median(turns: list[dict[str, float]], name: str) -> float:
    return round(statistics.median(turn[name] for turn in turns), 3)


def _ratio(turns: list[dict[str, float]], one: str, other: str) -> float:
    return round(statistics.median(turn[one] / turn[other] for turn in turns), 2)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
