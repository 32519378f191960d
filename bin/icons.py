"""Make the PNG icons and the inline mark from static/icons/mark.svg, with Chromium as the brush."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "static" / "icons"
MACRO = ROOT / "templates" / "components" / "mark.html"
TEAL = "#0a6b6b"
PAPER = "#fbf7f0"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--default-background-color=00000000",
)
# name, pixels, share of the square that the mark may fill, corner radius of the square.
# Maskable icons lose everything outside the middle 80 %; Apple rounds the corners itself.
SIZES = (
    ("icon-192.png", 192, 0.80, 104),
    ("icon-512.png", 512, 0.80, 104),
    ("maskable-512.png", 512, 0.62, 0),
    ("apple-touch-icon.png", 180, 0.74, 0),
)


def mark_path() -> str:
    """Return the one line of the mark as SVG path data."""
    match = re.search(r' d="([^"]+)"', (ICONS / "mark.svg").read_text(encoding="utf-8"))
    if match is None:
        raise SystemExit("static/icons/mark.svg holds no path to draw.")
    return match[1]


def inline_mark(path: str) -> str:
    """Return the template macro that draws the mark inside a page."""
    return (
        "{# Made by bin/icons.py from static/icons/mark.svg; mark('mark-draws') draws itself. #}\n"
        '{% macro mark(extra="") %}\n'
        '<svg class="mark {{ extra }}" viewBox="0 0 512 512" fill="none" stroke="currentColor"'
        ' stroke-width="22"\n  stroke-linecap="round" stroke-linejoin="round"'
        ' aria-hidden="true" focusable="false">\n'
        f'  <path pathLength="1" d="{path}"/>\n</svg>\n'
        "{% endmacro %}\n"
    )


def icon(path: str, size: int, share: float, radius: int) -> str:
    """Return one icon: the mark in paper white on a poster-paint square."""
    inset = round(256 - 256 * share)
    # The drawing leans right of its box, so it is nudged back to look centred.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"'
        f' viewBox="0 0 512 512"><rect width="512" height="512" rx="{radius}" fill="{TEAL}"/>'
        f'<g transform="translate({inset - 8} {inset - 4}) scale({share})" fill="none"'
        f' stroke="{PAPER}" stroke-width="24" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{path}"/></g></svg>'
    )


def paint(chromium: str, svg: str, size: int, target: Path) -> None:
    """Let Chromium photograph an SVG of `size` pixels into `target`."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "icon.html"
        page.write_text(f"<body style='margin:0;line-height:0'>{svg}", encoding="utf-8")
        command = [chromium, *FLAGS, f"--user-data-dir={folder}/profile"]
        command += [f"--window-size={size},{size}", f"--screenshot={target}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def main() -> int:
    """Write every icon and say which."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is needed to paint the icons; install it and try again.", file=sys.stderr)
        return 2
    path = mark_path()
    MACRO.write_text(inline_mark(path), encoding="utf-8")
    for name, size, share, radius in SIZES:
        paint(chromium, icon(path, size, share, radius), size, ICONS / name)
        print(f"static/icons/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
