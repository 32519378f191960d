"""What the page lets somebody sign under, the server takes: offline nobody is asked again."""

import json
import random
import subprocess
from pathlib import Path

import pytest

from models.names import NameNotAcceptable, clean_name
from records.fields import Wrong, email
from tests.needs import needs

ASKER = Path(__file__).parent / "acceptable.mjs"
NAMES = [
    *(
        "Siân Llewellyn",
        "O’Brien-D'Arcy",
        "李",
        "مريم العلوي",
        "अनिल कुमार",
        "สมชาย ใจดี",
        "Sam 👩‍👩‍👧‍👦",
    ),
    *("a" * 100, "e\u0301" * 100, "12", "X", "Anna\u00a0Bell", "Anna \u202egpj"),
]
NO_NAMES = ["", "--", "..", "\u200b\u200b", "\u200d", "\ue000", "a" * 101, "a" + "\u0351" * 5]
ADDRESSES = ["a@b.co", "siân@büro.example", "first.last+more@mail.example.org"]
NO_ADDRESSES = ["a@b", "a@b..co", "a@.co", "a@b.", "@b.co", "a b@c.uk", "<a@b.uk>", "a@b.uk,c@d.uk"]
NO_ADDRESSES += ["a\0@b.uk", "a@b\x7f.uk", "a@b@c.uk", "a@b.uk\n"]
PIECES = [
    "a",
    "é",
    "e\u0301",
    "\u0351",
    "\u0903",
    "\u200b",
    "\u200d",
    "-",
    ".",
    "@",
    " ",
    "<",
    "\0",
    "李",
]

pytestmark = needs("node")


def page_takes(texts: list[str]) -> list[dict[str, bool]]:
    """Ask the page's own module about each text."""
    given = json.dumps(texts).encode()
    done = subprocess.run(["node", ASKER], input=given, capture_output=True, check=True)
    said: list[dict[str, bool]] = json.loads(done.stdout)
    return said


def server_takes(text: str) -> dict[str, bool]:
    """Whether the server takes a text as a name and as an address."""
    takes = {"name": True, "email": True}
    try:
        clean_name(text)
    except NameNotAcceptable:
        takes["name"] = False
    try:
        email(text)
    except Wrong:
        takes["email"] = False
    return takes


@pytest.mark.parametrize(
    ("texts", "kind", "taken"),
    [
        (NAMES, "name", True),
        (NO_NAMES, "name", False),
        (ADDRESSES, "email", True),
        (NO_ADDRESSES, "email", False),
    ],
)
def test_both_sides_agree(texts: list[str], kind: str, taken: bool) -> None:
    for text, said in zip(texts, page_takes(texts), strict=True):
        assert (said[kind], server_takes(text)[kind]) == (taken, taken), text


def test_the_page_never_takes_what_the_server_refuses() -> None:
    chance = random.Random(5)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 130))) for _ in range(3000)]
    for text, said in zip(texts, page_takes(texts), strict=True):
        there = server_takes(text)
        assert not any(said[kind] and not there[kind] for kind in said), text
