"""The child that reads a photograph: `python -m records.photograph_room`, bytes in, JPEG out."""

import io
import resource
import sys

from PIL import Image, ImageOps

from records.child import keep_within
from records.photographs import (
    LEAST,
    MOST_PIXELS,
    REFUSED,
    SECONDS,
    TALLEST,
    WIDEST,
    APdf,
    DamagedPhotograph,
    NotAPhotograph,
    OnlySomeDevices,
    PhotographRefused,
    TooLargePhotograph,
    TooSmallPhotograph,
)

MEMORY = 1024**3
# Good enough for handwriting on paper, in some hundred kilobytes.
QUALITY = 75


def main() -> None:
    """Read what is on stdin within the limits; exit 3 with the name of why it is refused."""
    keep_within(memory=MEMORY, seconds=SECONDS)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        jpeg = upright(sys.stdin.buffer.read())
    except PhotographRefused as refused:
        print(type(refused).__name__, file=sys.stderr)
        raise SystemExit(REFUSED) from refused
    sys.stdout.buffer.write(jpeg)


def upright(data: bytes) -> bytes:
    """Give the picture alone, turned as it was held, on white; raises a PhotographRefused."""
    _refuse_others(data)
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLargePhotograph
            if min(picture.size) < LEAST:
                raise TooSmallPhotograph
            # A JPEG is opened at a half or a quarter of its size where that is enough.
            picture.draft("RGB", (WIDEST, WIDEST))
            turned = ImageOps.exif_transpose(picture)
            flat = _on_white(turned)
    except Image.DecompressionBombError:
        raise TooLargePhotograph from None
    except (OSError, SyntaxError, ValueError):
        raise DamagedPhotograph from None
    except MemoryError:
        raise TooLargePhotograph from None
    flat.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    # A picture that is new knows nothing of where it came from.
    flat.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _refuse_others(data: bytes) -> None:
    """By the first bytes, because whoever sends a PDF should hear what to do instead."""
    if b"%PDF-" in data[:1024]:
        raise APdf
    if data[4:8] == b"ftyp":
        raise OnlySomeDevices
    if not data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise NotAPhotograph


def _on_white(picture: Image.Image) -> Image.Image:
    seen_through = picture.convert("RGBA") if picture.has_transparency_data else None
    flat = Image.new("RGB", picture.size, "white")
    if seen_through is None:
        flat.paste(picture.convert("RGB"))
    else:
        flat.paste(seen_through, mask=seen_through.getchannel("A"))
    return flat


if __name__ == "__main__":
    main()
