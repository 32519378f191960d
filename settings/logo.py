"""A logo as it is kept: a PNG of sensible size, whatever picture came in."""

import io

LARGEST_BYTES = 2_000_000
LARGEST_PIXELS = 40_000_000
KEPT_WIDTH, KEPT_HEIGHT = 800, 400
LOGO_TOO_LARGE = (
    "This picture is larger than 2 MB, so nothing was saved. Please choose a smaller one: a logo "
    "needs no more than 800 by 400 dots."
)


class LogoNotAcceptable(Exception):
    """Choose a PNG, JPEG or WebP picture of at most 2 MB."""


def tidy_logo(raw: bytes) -> bytes:
    """Shrink a picture to fit the letterhead and give PNG bytes; raises LogoNotAcceptable."""
    from PIL import Image, UnidentifiedImageError

    if len(raw) > LARGEST_BYTES:
        raise LogoNotAcceptable
    try:
        with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise LogoNotAcceptable
            kept = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise LogoNotAcceptable from error
    kept.thumbnail((KEPT_WIDTH, KEPT_HEIGHT))
    out = io.BytesIO()
    kept.save(out, "PNG", optimize=True)
    return out.getvalue()
