"""How many signings a second one process takes, from four tablets that send without a pause.

Run alone: python -m bench.load.
"""

import http.client
import json
import os
import statistics
import threading
import time
from base64 import b64decode
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from bench import memory
from bench.server import OWN_PAGE, PATIENCE_SECONDS, Server, installation, letters

TABLETS = 4
SIGNINGS = int(os.environ.get("BENCH_LOAD", "1000"))
# The first ones load what a process needs once.
WARM_UP = 40

Letter = tuple[str, bytes]


def measure(server: Server) -> dict[str, Any]:
    """Seal everything first; then only the server works, and whoever counts."""
    sealed = _sealed(server, SIGNINGS + WARM_UP)
    _send(server, sealed[:WARM_UP], lambda _seconds: None)
    walls: list[float] = []
    before, started = server.cpu_seconds(), time.perf_counter()
    shares = [sealed[WARM_UP:][tablet::TABLETS] for tablet in range(TABLETS)]
    tablets = [
        threading.Thread(target=_send, args=(server, share, walls.append)) for share in shares
    ]
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join()
    took, spent = time.perf_counter() - started, server.cpu_seconds() - before
    if len(walls) != SIGNINGS:
        raise RuntimeError(f"{SIGNINGS - len(walls)} signings were not accepted.")
    return {
        "signings": SIGNINGS,
        "tablets": TABLETS,
        "per_second": round(SIGNINGS / took, 1),
        "per_second_of_cpu": round(SIGNINGS / spent, 1),
        "wall_ms_p50": round(statistics.median(walls) * 1000, 1),
        "wall_ms_p99": round(statistics.quantiles(walls, n=100)[-1] * 1000, 1),
        "worker_rss_mb": memory.worker_megabytes(server),
    }


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


def _send(server: Server, sealed: list[Letter], took: Callable[[float], object]) -> None:
    """One tablet: its signings one after another over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)
    headers = OWN_PAGE | {"Content-Type": "application/hpke", "Cookie": server.cookie}
    for signing_id, letter in sealed:
        started = time.perf_counter()
        connection.request("PUT", f"/kiosk/signings/{signing_id}", letter, headers)
        response = connection.getresponse()
        response.read()
        if response.status == 201:
            took(time.perf_counter() - started)
    connection.close()


if __name__ == "__main__":
    with installation() as throw_away:
        print(json.dumps(measure(throw_away), indent=2))
