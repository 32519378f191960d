"""Is the curve on the paper the curve that was on the screen?"""

import base64
import io
import re
import subprocess
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Page

SIZE = (600, 220)
DPI = 220


def ink_on_the_sheet(page: Page) -> Image.Image:
    """Black ink on white, cropped to the ink, as the tablet's canvas holds it."""
    url = page.evaluate("() => document.querySelector('canvas').toDataURL('image/png')")
    picture = Image.open(io.BytesIO(base64.b64decode(url.split(",", 1)[1]))).convert("RGBA")
    return _cropped(picture.getchannel("A"))


def ink_on_the_page(file: Path) -> Image.Image:
    """The same from the PDF: what stands between "Signed:" and "NAME drew this"."""
    number, top, bottom = _where(file)
    picture = subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-f", str(number), "-l", str(number), "-png", file],
        capture_output=True,
        check=True,
    ).stdout
    page = Image.open(io.BytesIO(picture)).convert("L")
    scale = DPI / 72
    area = page.crop((0, int(top * scale), page.width, int(bottom * scale)))
    return _cropped(_without_the_line(ImageChops.invert(area)))


def alike(one: Image.Image, other: Image.Image) -> float:
    """How much of each one's ink lies on (or right beside) the other's, from 0 to 1."""
    return min(_covered(one, other), _covered(other, one))


def _covered(ink: Image.Image, by: Image.Image) -> float:
    wide = by.filter(ImageFilter.MaxFilter(9))
    both = ImageChops.logical_and(ink.convert("1"), wide.convert("1"))
    return both.histogram()[255] / max(ink.convert("1").histogram()[255], 1)


def _cropped(ink: Image.Image) -> Image.Image:
    black = ink.point(lambda value: 255 if value > 100 else 0)
    box = black.getbbox()
    assert box is not None, "there is no ink"
    return black.crop(box).resize(SIZE).point(lambda value: 255 if value > 100 else 0)


def _without_the_line(ink: Image.Image) -> Image.Image:
    """The line to sign on is not ink: rows that are dark from margin to margin go."""
    rows = ink.resize((1, ink.height), Image.Resampling.BOX)
    for y in range(ink.height):
        if rows.getpixel((0, y)) > 100:
            ink.paste(0, (0, y, ink.width, y + 1))
    return ink


def _where(file: Path) -> tuple[int, float, float]:
    """Page number, top and bottom (points) of the drawing on the agreement page."""
    boxes = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    word = re.compile(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)<')
    for number, page in enumerate(boxes.split("<page ")[1:], start=1):
        found = {
            text: [float(value) for value in corners]
            for *corners, text in word.findall(page)
            if text in {"Signed:", "drew"}
        }
        if set(found) == {"Signed:", "drew"}:
            return number, found["Signed:"][3], found["drew"][1]
    raise AssertionError("no page has a signature that was drawn")
