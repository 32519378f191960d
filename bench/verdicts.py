"""What a verdict on one record costs: CPU milliseconds. Run alone: python -m bench.verdicts."""

import hashlib
import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from records.layout import lay_out
from records.looking import look_into
from records.making import filled, make_ready
from records.seal import load_signer, new_authority, new_seal
from records.sealcheck import check
from records.verify import Published, verify
from tests.records.fixtures import facts

TURNS = int(os.environ.get("BENCH_VERDICTS", "9"))
# One is quick, so some are timed at once.
MANY = 20


def measure() -> dict[str, Any]:
    """Take turns: our own record in this process, the same as a stranger's file in a child."""
    says = facts()
    at = says.times.received_at
    authority = new_authority("Fingerpost", at - timedelta(days=80))
    pair = new_seal(authority, says.setting.name, at - timedelta(days=80))
    signer = load_signer(pair, authority.certificate_der)
    template = lay_out(says.fixed)
    ready = make_ready(UUID(int=0), template.pdf, template.plan)
    pdf = template.pdf + filled(says, ready, signer, at).tail
    trusted = [authority.certificate_der]
    published = Published(str(says.version.id), says.version.number, says.version.text_sha256)
    expected = hashlib.sha256(pdf).hexdigest()

    def one() -> None:
        verdict = verify(
            pdf, expected_sha256=expected, authority_certificates=trusted, published=published
        )
        if not verdict.genuine:
            raise ValueError("The record does not verify.")

    check(pdf, trusted)
    own = [_cost(MANY, one) for _ in range(TURNS)]
    brought = [_cost(1, lambda: look_into(pdf, trusted)) for _ in range(TURNS)]
    return {
        "turns": TURNS,
        "verdict_cpu_ms_p50": round(statistics.median(own), 2),
        "verdict_cpu_ms_min": round(min(own), 2),
        "dropped_file_cpu_ms_p50": round(statistics.median(brought), 1),
    }


def _cost(times: int, work: Callable[[], object]) -> float:
    """CPU milliseconds for one of them, children included."""
    started = _cpu()
    for _ in range(times):
        work()
    return (_cpu() - started) / times * 1000


def _cpu() -> float:
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
