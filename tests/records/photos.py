"""Photographs of papers, as telephones take them and as somebody makes them to harm."""

import io
import zlib
from functools import lru_cache

from PIL import Image, ImageDraw

ON_ITS_SIDE, PLACE, MAKER = 6, 0x8825, 0x010F


@lru_cache(maxsize=8)
def photograph(width: int = 1200, height: int = 900, *, turn: int = 1, kind: str = "JPEG") -> bytes:
    """Lines of writing, a red corner at the top left, and in its EXIF where it was taken."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(8, 40):
        draw.line((width // 10, line * height // 45, width - 40, line * height // 45), "navy", 4)
    draw.rectangle((0, 0, width // 5, height // 5), "red")
    exif = Image.Exif()
    exif[0x0112], exif[MAKER] = turn, "A telephone"
    exif.get_ifd(PLACE)[1] = "N"
    exif.get_ifd(PLACE)[2] = (51.0, 25.0, 59.0)
    file = io.BytesIO()
    picture.save(file, kind, exif=exif)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 30,000 dots wide and high."""

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + name + body + check

    head = (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")
