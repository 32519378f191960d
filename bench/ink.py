"""What ink costs and how true it is, beside signature_pad in the same run."""

import asyncio
import functools
import http.server
import math
import os
import shutil
import statistics
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from bench.server import ROOT

ROUNDS = int(os.environ.get("BENCH_INK_ROUNDS", "4"))
ENGINES = ("nothing", "least", "ours", "signaturePad")
THROTTLE = 4
PANEL_HZ = 120
STROKES, SAMPLES = 5, 90
CORNER = 20
SHAPE = {"viewport": {"width": 1040, "height": 480}, "has_touch": True, "device_scale_factor": 2}

Spot = tuple[float, float]


def measure() -> dict[str, Any]:
    """Draw the same strokes with each engine in turn, several times; medians."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return {"skipped": "Chromium cannot be found."}
    with served() as address:
        rounds = asyncio.run(_rounds(chromium, f"{address}/bench/ink.html"))
    sent = STROKES * SAMPLES
    return {
        "samples": sent,
        "throttle": THROTTLE,
        "rounds": ROUNDS,
        "ours": _told(rounds, "ours", sent),
        "least_ink": {"script_us_per_sample": _script_told(rounds, "least", sent)},
        "signature_pad": _told(rounds, "signaturePad", sent),
    }


def stroke(number: int, samples: int) -> list[Spot]:
    """Loops that lean, about 700 pixels a second; a smooth path, however it is sampled."""
    spots = []
    for i in range(samples):
        along = i / (samples - 1)
        turn = 2 * math.pi * (3 + number % 2) * along
        x = 70 + 180 * number + 110 * along + 28 * math.cos(turn) + 14 * math.sin(turn)
        y = 200 - 75 * math.sin(turn) * (1 - along / 2) + 20 * along
        spots.append((x, y))
    return spots


async def _rounds(chromium: str, address: str) -> dict[str, list[dict[str, Any]]]:
    rounds: dict[str, list[dict[str, Any]]] = {engine: [] for engine in ENGINES}
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(ROUNDS):
            for engine in ENGINES:
                page = f"{address}?engine={engine}"
                script = await _script(browser, page)
                rounds[engine].append(await _frames(browser, f"{page}&frames") | script)
        await browser.close()
    return rounds


async def _script(browser: Browser, address: str) -> dict[str, float]:
    """Seconds of script for the strokes, drawn once before: the first time is the compiler's."""
    async with _slowed(browser, address) as (page, session):
        await _draw_all(session)
        await page.evaluate("window.clear()")
        before = await _script_seconds(session)
        await _draw_all(session)
        return {"script": await _script_seconds(session) - before}


async def _frames(browser: Browser, address: str) -> dict[str, Any]:
    """How late each frame was, and how true what was drawn, on a sheet nobody drew on before."""
    async with _slowed(browser, address) as (page, session):
        await _draw_all(session)
        await session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        path = [spot for number in range(STROKES) for spot in stroke(number, 20 * SAMPLES)]
        measured: dict[str, Any] = await page.evaluate("(path) => window.measured(path)", path)
        return measured


@asynccontextmanager
async def _slowed(browser: Browser, address: str) -> AsyncIterator[tuple[Page, CDPSession]]:
    context = await browser.new_context(**SHAPE)
    page = await context.new_page()
    await page.goto(address)
    await page.wait_for_function("window.ready")
    session = await context.new_cdp_session(page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})
    await session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    yield page, session
    await context.close()


async def _draw_all(session: CDPSession) -> None:
    for number in range(STROKES):
        await _draw(session, stroke(number, SAMPLES))


async def _draw(session: CDPSession, spots: list[Spot]) -> None:
    """As a panel does: on its own clock, whether or not the page keeps up."""
    began, waiting = time.perf_counter(), []
    for number, (x, y) in enumerate(spots):
        await asyncio.sleep(max(0.0, began + number / PANEL_HZ - time.perf_counter()))
        point = {"x": CORNER + x, "y": CORNER + y}
        kind = "touchMove" if number else "touchStart"
        event = {"type": kind, "touchPoints": [point]}
        waiting.append(asyncio.create_task(session.send("Input.dispatchTouchEvent", event)))
    await asyncio.gather(*waiting)
    await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await asyncio.sleep(0.3)


async def _script_seconds(session: CDPSession) -> float:
    answer = await session.send("Performance.getMetrics")
    return float(next(m["value"] for m in answer["metrics"] if m["name"] == "ScriptDuration"))


def _told(rounds: dict[str, list[dict[str, Any]]], engine: str, sent: int) -> dict[str, Any]:
    def median(name: str) -> float:
        return statistics.median(one[name] for one in rounds[engine])

    late = [statistics.quantiles(one["late"], n=20)[-1] for one in rounds[engine]]
    return {
        "script_us_per_sample": _script_told(rounds, engine, sent),
        "kept_percent": round(100 * median("kept") / sent, 1),
        "farthest_from_path_px": round(median("farthest"), 2),
        "sharpest_kink_degrees": round(median("kink"), 1),
        "sample_to_frame_p95_ms": round(statistics.median(late), 1),
    }


def _script_told(rounds: dict[str, list[dict[str, Any]]], engine: str, sent: int) -> float:
    """Microseconds for each sample above those of an engine that only listens."""
    ours, nothing = (
        statistics.median(one["script"] for one in rounds[name]) for name in (engine, "nothing")
    )
    return round((ours - nothing) * 1e6 / sent, 1)


@contextmanager
def served() -> Iterator[str]:
    """Our files on a loopback address, where a browser tells of every sample."""
    handler = functools.partial(_Quiet, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves without a line on the screen for each file."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:16} {value}")
