"""Measure everything once, print a table, and keep the numbers in bench/results.json."""

import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clock
from bench import (
    comparison,
    decisions,
    desk,
    exports,
    incoming,
    ink,
    library,
    load,
    memory,
    records,
    signings,
    sittings,
    tablet,
    verdicts,
    wire,
)
from bench.server import ROOT, free_port, installation, running

RESULTS = ROOT / "bench" / "results.json"


def main() -> None:
    """Run the parts one after another: nothing else of ours uses the processor meanwhile."""
    results: dict[str, Any] = {"measured": clock.now().isoformat(), "machine": _machine()}
    with installation() as server:
        results["idle"] = memory.megabytes(server)
        results["kiosk"] = wire.measure(server)
        results["tablet"] = tablet.measure(server)
        results["signing"] = signings.measure(server)
        results["load"] = load.measure(server)
        results["after_signings"] = memory.megabytes(server)
        results["growth"] = sittings.measure(server)
        copied = Path(tempfile.mkdtemp())
        shutil.copytree(server.instance, copied, dirs_exist_ok=True)
    results["record"] = records.measure()
    results["verdict"] = verdicts.measure()
    results["second_start"] = {"seconds": _second_start(copied)}
    shutil.rmtree(copied)
    results["comparison"] = comparison.measure()
    results["decisions"] = decisions.measure()
    results["export"] = exports.measure()
    results["desk"] = desk.measure()
    results["incoming"] = incoming.measure()
    results["library"] = library.measure()
    results["ink"] = ink.measure()
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    for name, value in _rows(results):
        print(f"{name:42} {value}")
    print(f"Kept in {RESULTS.relative_to(ROOT)}")


def _second_start(instance: Path) -> float:
    """Seconds from `make run` on an installation that is set up to the first answer."""
    started = time.perf_counter()
    with running(instance, free_port(), ["make", "run"]):
        return round(time.perf_counter() - started, 2)


def _machine() -> dict[str, Any]:
    return {
        "processor": platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }


def _rows(results: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in results.items():
        if isinstance(value, dict):
            yield from _rows(value, f"{before}{name} ")
        else:
            yield f"{before}{name}".replace("_", " "), value


if __name__ == "__main__":
    main()
