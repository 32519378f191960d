"""The master key as four lines that a person can type from paper without a mistake going unseen.

A line is four groups of four characters of the key and a fifth that checks them, its place on the
sheet included. Eight of the forty bytes are a fingerprint of the whole, so that lines of two sheets
do not pass for one key.
"""

import hashlib
from collections.abc import Sequence

from records.codes import ALPHABET, MEANT

LINES, LINE_BYTES, GROUP = 4, 10, 4
KEY_BYTES = 32
BITS = 5


class Mistyped(Exception):
    """One line is not what the sheet says; `number` tells which, from 1."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Line {number} is mistyped: please look at it again.")
        self.number = number


class NotOneSheet(Exception):
    """Each line is right by itself, but they are not from one sheet."""


def spelled(master_key: bytes) -> list[str]:
    """The four lines of a key of 32 bytes: five groups of four, with single spaces."""
    whole = master_key + _fingerprint(master_key)
    parts = [whole[start : start + LINE_BYTES] for start in range(0, len(whole), LINE_BYTES)]
    return [
        _grouped(_letters(part) + _check(number, part))
        for number, part in enumerate(parts, start=1)
    ]


def read_line(number: int, typed: str) -> bytes:
    """The bytes of one line, however it was typed: small letters, dashes, O for 0; or Mistyped."""
    bare = "".join(c for c in typed.upper() if c.isalnum()).translate(MEANT)
    letters, check = bare[:-GROUP], bare[-GROUP:]
    if len(letters) * BITS != LINE_BYTES * 8 or any(c not in ALPHABET for c in bare):
        raise Mistyped(number)
    value = 0
    for letter in letters:
        value = value << BITS | ALPHABET.index(letter)
    part = value.to_bytes(LINE_BYTES, "big")
    if _check(number, part) != check:
        raise Mistyped(number)
    return part


def joined(parts: Sequence[bytes]) -> bytes:
    """The master key from the bytes of the four lines; or NotOneSheet."""
    whole = b"".join(parts)
    master_key, fingerprint = whole[:KEY_BYTES], whole[KEY_BYTES:]
    if fingerprint != _fingerprint(master_key):
        raise NotOneSheet
    return master_key


def _fingerprint(master_key: bytes) -> bytes:
    digest = hashlib.sha256(b"fingerpost-sheet-1:" + master_key).digest()
    return digest[: LINES * LINE_BYTES - KEY_BYTES]


def _check(number: int, part: bytes) -> str:
    """Four characters: a slip goes unseen once in a million."""
    return _letters(hashlib.sha256(b"fingerpost-sheet-1:%d:" % number + part).digest()[:5])[:GROUP]


def _letters(data: bytes) -> str:
    value = int.from_bytes(data, "big")
    return "".join(
        ALPHABET[value >> shift & 31] for shift in range(len(data) * 8 - BITS, -1, -BITS)
    )


def _grouped(letters: str) -> str:
    return " ".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
