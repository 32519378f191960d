"""What one signing costs, next to a bare WeasyPrint render of the same text in the same run."""

import json
import os
import statistics
import time
from pathlib import Path
from typing import Any

from bench.server import Server, letters

SIGNINGS = int(os.environ.get("BENCH_SIGNINGS", "100"))
# The first ones load the libraries; they are counted in memory and not in time.
WARM_UP = 3


def measure(server: Server) -> dict[str, Any]:
    """Hand in signings one after another, each followed by a bare render."""
    version = json.loads(server.ask("GET", "/kiosk/bundle")[1])["agreements"][0]
    bare = _bare_render(version["html"])
    walls, costs, bares = [], [], []
    database = server.instance / "fingerpost.db"
    for number in range(SIGNINGS):
        if number == WARM_UP:
            before = database.stat().st_size
        wall, cost = _one(server, version["version_id"], number)
        if number >= WARM_UP:
            walls.append(wall)
            costs.append(cost)
            bares.append(bare())
    grown = (database.stat().st_size - before) / (SIGNINGS - WARM_UP)
    return {
        "signings": len(walls),
        "cpu_ms_mean": round(statistics.fmean(costs), 1),
        "wall_ms_p50": round(statistics.median(walls), 1),
        "wall_ms_p95": round(statistics.quantiles(walls, n=20)[-1], 1),
        "bare_weasyprint_cpu_ms_mean": round(statistics.fmean(bares), 1),
        "signing_over_bare_render": round(statistics.fmean(costs) / statistics.fmean(bares), 2),
        "record_bytes": _record_bytes(database),
        "database_bytes_per_signing": round(grown),
    }


def _one(server: Server, version_id: str, number: int) -> tuple[float, float]:
    """One PUT: wall and CPU milliseconds."""
    from models.base import new_id
    from tests.cast import signing_body

    body = signing_body(version_id)
    body["person"]["full_name"] = f"Gwenllian Morfydd Llewellyn {letters(number)}"
    spent, started = server.cpu_seconds(), time.perf_counter()
    status, answer, _headers = server.ask("PUT", f"/kiosk/signings/{new_id()}", body)
    wall = (time.perf_counter() - started) * 1000
    if status != 201:
        raise RuntimeError(f"A signing was answered with {status}: {answer[:200]!r}")
    return wall, (server.cpu_seconds() - spent) * 1000


def _bare_render(html: str) -> Any:
    """A function that prints the agreement's text alone, and gives its CPU milliseconds."""
    from weasyprint import HTML

    def render() -> float:
        started = time.process_time()
        HTML(string=html).write_pdf()
        return (time.process_time() - started) * 1000

    for _ in range(WARM_UP):
        render()
    return render


def _record_bytes(database: Path) -> int:
    import sqlite3

    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        (mean,) = connection.execute("SELECT avg(size) FROM records").fetchone()
    return round(mean)
