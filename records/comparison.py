"""What changed between two editions of an agreement, clause by clause; no database is near."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Literal

import orjson

from records.pairing import paired
from records.pieces import Piece, only_punctuation, pieces
from records.text import Block, blocks, sha256

FORMAT = 1
TITLE, SIGNOFF = "Its title", "What you sign under"

Kind = Literal["same", "changed", "new", "gone", "moved"]
Only = Literal["setting", "punctuation"]
# How the summary says each kind, in its order.
SAID: dict[Kind, str] = {"changed": "changed", "new": "added", "gone": "removed", "moved": "moved"}


@dataclass(frozen=True, slots=True)
class Side:
    """One edition of an agreement as somebody signs it; `wordings`: the sentences for it."""

    number: int
    title: str
    text: str
    signoff_title: str | None
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One heading, paragraph, item or table row, before and now; a gone one has no `now`.

    was, place: its places in the two texts, from 0. pieces: its words with what is gone and new.
    heading: the one it stands under, or stood. only: nothing changed but how it is set out
    ("setting"), or the signs around the words ("punctuation").
    """

    kind: Kind
    was: int | None
    place: int | None
    before: str | None
    now: str | None
    pieces: tuple[Piece, ...]
    heading: str
    only: Only | None = None


@dataclass(frozen=True)
class Comparison:
    """All clauses of two editions, in the order of the newer one, what is gone at its old place."""

    before: Side
    now: Side
    clauses: tuple[Clause, ...] = field(repr=False)

    @cached_property
    def counts(self) -> dict[Kind, int]:
        """Give how many clauses there are of each kind."""
        counts = Counter(clause.kind for clause in self.clauses)
        return {kind: counts[kind] for kind in ("same", "changed", "new", "gone", "moved")}

    @property
    def summary(self) -> str:
        """Give one line, such as "3 clauses changed, 1 added, 1 removed"."""
        said = [(self.counts[kind], words) for kind, words in SAID.items() if self.counts[kind]]
        if not said:
            return "No words changed"
        (count, words), *others = said
        first = f"{count} clause{'s' if count > 1 else ''} {words}"
        return ", ".join([first, *(f"{count} {words}" for count, words in others)])

    @property
    def sections(self) -> list[tuple[str, list[Clause]]]:
        """Give what is not the same, under its headings."""
        different = [clause for clause in self.clauses if clause.kind != "same"]
        return [
            (heading, list(group))
            for heading, group in groupby(different, key=lambda clause: clause.heading)
        ]

    @cached_property
    def as_json(self) -> bytes:
        """Give the comparison in UTF-8 with sorted keys: equal texts are equal bytes."""
        says = {
            "format": FORMAT,
            "before": _edition(self.before),
            "now": _edition(self.now),
            "counts": self.counts,
            "summary": self.summary,
            "clauses": [_said(clause) for _, group in self.sections for clause in group],
        }
        return orjson.dumps(says, option=orjson.OPT_SORT_KEYS)

    @cached_property
    def sha256(self) -> str:
        """Give the SHA-256 (hexadecimal) of that JSON: the comparison's name in a record."""
        return hashlib.sha256(self.as_json).hexdigest()


@lru_cache(maxsize=32)
def compare(before: Side, now: Side) -> Comparison:
    """Compare an older edition with a newer one; remembered, because many sign the same renewal."""
    old, new = _blocks(before), _blocks(now)
    kept, moved = paired(old, new)
    return Comparison(before, now, tuple(_in_order(old, new, kept, moved)))


def _in_order(
    old: list[Block], new: list[Block], kept: set[tuple[int, int]], moved: list[tuple[int, int]]
) -> list[Clause]:
    """Give the clauses of the newer edition, each gone one after the one it stood after."""
    found = [((place, 0, 0), _stayed(old, new, was, place)) for was, place in kept]
    found += [((place, 0, 0), _stayed(old, new, was, place, moved=True)) for was, place in moved]
    known, had = {place for _, place in (*kept, *moved)}, {was for was, _ in (*kept, *moved)}
    found += [((place, 0, 0), _new(new, place)) for place in range(len(new)) if place not in known]
    goes_on, above = dict(kept), -1
    for was in range(len(old)):
        above = goes_on.get(was, above)
        if was not in had:
            found.append(((above, 1, was), _gone(old, was)))
    return [clause for _, clause in sorted(found, key=lambda one: one[0])]


def _stayed(
    old: list[Block], new: list[Block], was: int, place: int, *, moved: bool = False
) -> Clause:
    before, now = old[was], new[place]
    same = (before.words, before.shape, before.typed) == (now.words, now.shape, now.typed)
    only: Only | None = None
    if not same and before.words == now.words:
        only = "setting"
    elif not same and only_punctuation(before.words, now.words):
        only = "punctuation"
    kind: Kind = "moved" if moved else "same" if same else "changed"
    marked = pieces(before.words, now.words)
    return Clause(kind, was, place, before.words, now.words, marked, now.heading, only)


def _new(new: list[Block], place: int) -> Clause:
    words = new[place].words
    return Clause("new", None, place, None, words, (Piece("new", words),), new[place].heading)


def _gone(old: list[Block], was: int) -> Clause:
    words = old[was].words
    return Clause("gone", was, None, words, None, (Piece("gone", words),), old[was].heading)


def _blocks(side: Side) -> list[Block]:
    """Give the text's clauses between the title and what is signed under it."""
    signoff = [*([side.signoff_title] if side.signoff_title else []), *side.wordings]
    return [
        Block("title", side.title, side.title, TITLE),
        *blocks(side.text),
        *(Block("signoff", words, words, SIGNOFF) for words in signoff),
    ]


def _edition(side: Side) -> dict[str, object]:
    return {"number": side.number, "text_sha256": sha256(side.text)}


def _said(clause: Clause) -> dict[str, object]:
    return {
        "kind": clause.kind,
        "was": clause.was,
        "place": clause.place,
        "heading": clause.heading,
        "only": clause.only,
        "pieces": [[piece.kind, piece.words] for piece in clause.pieces],
    }
