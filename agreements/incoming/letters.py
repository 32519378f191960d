"""Bytes become letters: encodings, one form for each letter, and what cannot be seen."""

import re
import unicodedata
from collections import Counter

from agreements.incoming.pieces import Aside
from agreements.incoming.refusals import Damaged, NotText

# The longer mark first: UTF-32 begins with the bytes of UTF-16.
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
INVISIBLE = {
    "\u00ad": "soft hyphen",
    "\u200b": "zero-width space",
    "\u2060": "word joiner",
    "\ufeff": "byte order mark",
    **dict.fromkeys("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e", "mark of direction"),
    **dict.fromkeys("\u2066\u2067\u2068\u2069", "mark of direction"),
}
# These shape letters in Persian or Hindi and tie emoji; between our letters they do nothing.
JOINERS = re.compile("(?<![\u0250-\uffff\U00010000-\U0010ffff])[\u200c\u200d]")
KEPT_CONTROLS = "\t\n\f"


def decoded(data: bytes) -> str:
    """The letters of a text file: UTF-8, UTF-16 or UTF-32 with their mark, or Windows-1252."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Damaged from error
    if b"\0" in data:
        raise NotText
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _as_windows(data)


def clean(text: str) -> str:
    """A text in one form (NFC, \\n for each line), without what cannot be seen."""
    text = re.sub(r"\r\n?|[\v\x85\u2028]", "\n", text).replace("\u2029", "\n\n")
    text = JOINERS.sub("", unicodedata.normalize("NFC", text))
    return "".join(letter for letter in text if _invisible(letter) is None)


def invisible_in(text: str) -> list[Aside]:
    """What clean() takes out of a text, each kind once."""
    names = [_invisible(letter) for letter in text if letter not in "\r\v\x85"]
    taken = Counter(name for name in names if name)
    taken["zero-width joiner"] = len(JOINERS.findall(text))
    return [Aside(name, _times(number), "") for name, number in sorted(taken.items()) if number]


def _invisible(letter: str) -> str | None:
    if letter in INVISIBLE:
        return INVISIBLE[letter]
    is_control = unicodedata.category(letter) == "Cc" and letter not in KEPT_CONTROLS
    return "control character" if is_control else None


def _as_windows(data: bytes) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise NotText from error
    controls = sum(letter < " " and letter not in "\t\n\r\f\v" for letter in text)
    if controls * 100 > len(text):
        raise NotText
    return text


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
