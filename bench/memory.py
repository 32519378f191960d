"""How much memory the server's processes hold."""

import re
from pathlib import Path

from bench.server import Server


def megabytes(server: Server) -> dict[str, float]:
    """Resident memory of all processes; `shared_once` counts what they share one time only."""
    processes = server.processes()
    return {
        "rss_mb": _sum(processes, "status", "VmRSS"),
        "shared_once_mb": _sum(processes, "smaps_rollup", "Pss"),
    }


def worker_megabytes(server: Server) -> float:
    """Resident memory of the process that does the work."""
    return _sum(server.processes()[1:], "status", "VmRSS")


def _sum(processes: list[int], file: str, field: str) -> float:
    texts = [Path(f"/proc/{number}/{file}").read_text(encoding="utf-8") for number in processes]
    found = [re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE) for text in texts]
    return round(sum(int(match[1]) for match in found if match) / 1024, 1)
