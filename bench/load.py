"""How many signings a second one process takes, from four tablets that send without a pause.

Beside it, in turn and in the same run, the least that any server would do (bench/bare.py): a
machine with neighbours is at times half as fast, and then only the ratio says something.

Run alone: python -m bench.load.
"""

import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from bench import memory
from bench.server import (
    OWN_PAGE,
    PATIENCE_SECONDS,
    ROOT,
    Server,
    free_port,
    installation,
    letters,
    running,
)

TABLETS = 4
SIGNINGS = int(os.environ.get("BENCH_LOAD", "1000"))
TURNS = 5
# The first ones load what a process needs once.
WARM_UP = 40
BARE = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "bench" / "bare.py")]

Letter = tuple[str, bytes]


@dataclass
class Run:
    """A server under load: each answer's seconds, and how long all of it took."""

    server: Server
    walls: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def take(self, sealed: list[Letter]) -> None:
        """Send so many from all tablets at once, and count."""
        before, started = self.server.cpu_seconds(), time.perf_counter()
        tablets = [
            threading.Thread(target=_send, args=(self.server, sealed[one::TABLETS], self.walls))
            for one in range(TABLETS)
        ]
        for tablet in tablets:
            tablet.start()
        for tablet in tablets:
            tablet.join()
        self.seconds += time.perf_counter() - started
        self.cpu_seconds += self.server.cpu_seconds() - before

    def told(self) -> dict[str, float]:
        """Signings a second, by the clock and of processor, and how long one waits."""
        if len(self.walls) != SIGNINGS:
            raise RuntimeError(f"{SIGNINGS - len(self.walls)} signings were not accepted.")
        return {
            "per_second": round(SIGNINGS / self.seconds, 1),
            "per_second_of_cpu": round(SIGNINGS / self.cpu_seconds, 1),
            "wall_ms_p50": round(statistics.median(self.walls) * 1000, 1),
            "wall_ms_p99": round(statistics.quantiles(self.walls, n=100)[-1] * 1000, 1),
        }


def measure(server: Server) -> dict[str, Any]:
    """Seal everything first; then only the server works, and whoever counts."""
    sealed = _sealed(server, SIGNINGS + WARM_UP)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), free_port(), BARE) as bare:
        ours, least = Run(server), Run(bare)
        for run in (ours, least):
            _send(run.server, sealed[:WARM_UP], [])
        for turn in range(TURNS):
            for run in (ours, least):
                run.take(sealed[WARM_UP:][turn::TURNS])
    told, beside = ours.told(), least.told()
    return {
        "signings": SIGNINGS,
        "tablets": TABLETS,
        **told,
        "least": beside,
        "p99_over_p50": round(told["wall_ms_p99"] / told["wall_ms_p50"], 1),
        "p99_over_p50_of_a_loop": _hiccups(),
        "share_of_the_least": round(told["per_second"] / beside["per_second"], 2),
        "worker_rss_mb": memory.worker_megabytes(server),
    }


def _hiccups() -> float:
    """How much longer than usual the slowest hundredth takes of what cannot vary: a loop that only
    counts. No server's tail is shorter than its machine's."""
    walls = []
    for _ in range(400):
        started = time.perf_counter()
        sum(number * number for number in range(50_000))
        walls.append(time.perf_counter() - started)
    return round(statistics.quantiles(walls, n=100)[-1] / statistics.median(walls), 1)


def _sealed(server: Server, count: int) -> list[Letter]:
    """Different people's signings, each sealed to the setting's key as the tablet does it."""
    from models.base import new_id
    from records.inbox import INFO, SUITE
    from tests.cast import signing_body

    bundle = json.loads(server.ask("GET", "/kiosk/bundle")[1])
    point = b64decode(bundle["public_key"])
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    version_id = bundle["agreements"][0]["version_id"]
    sealed = []
    for number in range(count):
        signing_id, body = str(new_id()), signing_body(version_id)
        body["person"]["full_name"] = f"Gwenllian Llewellyn {letters(number)}"
        info = INFO + signing_id.encode()
        sealed.append((signing_id, SUITE.encrypt(json.dumps(body).encode(), public, info=info)))
    return sealed


def _send(server: Server, sealed: list[Letter], walls: list[float]) -> None:
    """One tablet: its signings one after another over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    headers = OWN_PAGE | {"Content-Type": "application/hpke", "Cookie": server.cookie}
    for signing_id, letter in sealed:
        started = time.perf_counter()
        connection.request("PUT", f"/kiosk/signings/{signing_id}", letter, headers)
        response = connection.getresponse()
        response.read()
        if response.status == 201:
            walls.append(time.perf_counter() - started)
    connection.close()


if __name__ == "__main__":
    with installation() as throw_away:
        print(json.dumps(measure(throw_away), indent=2))
