"""The square that a telephone scans: the check address as a QR code."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

# The same of the eight patterns for every address: trying which reads best takes a signing's time.
MASK = 0
ZERO = "0"
BITS = 7


def squares(address: str) -> "segno.QRCode":
    """Give the QR code of an address."""
    import segno

    return segno.make_qr(address, error="m", mask=MASK)


def qr_title(address: str) -> str:
    """Give what is said of it to those who cannot see it."""
    return f"QR code of {address}"


def quick_squares(address: str, code: str) -> list[str]:
    """Give the rows of the same QR code, 1 for dark: quickly, for an address that ends in a code.

    Each bit of what is written turns over the same squares, whatever the other bits are: the
    error correction is linear (ISO/IEC 18004, 7.5) and the pattern is fixed. So a code's squares
    are those of all zeros with those of its bits turned over.
    """
    start = address.removesuffix(code)
    shape = "".join(ZERO if char != "-" else char for char in code)
    side, found, turned = _turned(start, shape)
    for place, char in enumerate(code):
        differs = ord(char) ^ ord(shape[place])
        for bit in range(BITS):
            if differs >> bit & 1:
                found ^= turned[place, bit]
    dark = f"{found:0{side * side}b}"
    return [dark[row : row + side] for row in range(0, side * side, side)]


@lru_cache(maxsize=64)
def _turned(start: str, shape: str) -> tuple[int, int, dict[tuple[int, int], int]]:
    """Give the squares of an address with a code of zeros, and what each bit turns over."""
    side, zeros = _bits(start + shape)
    turned = {}
    for place, char in enumerate(shape):
        for bit in range(BITS if char == ZERO else 0):
            other = shape[:place] + chr(ord(ZERO) ^ 1 << bit) + shape[place + 1 :]
            turned[place, bit] = zeros ^ _bits(start + other)[1]
    return side, zeros, turned


def _bits(address: str) -> tuple[int, int]:
    rows = squares(address).matrix
    return len(rows), int("".join(str(square) for row in rows for square in row), 2)
