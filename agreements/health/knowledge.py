"""What is known about the Acts, guidance, platforms and policies that texts name."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from agreements.health.hint import WEIGHTS, Hint, Where
from agreements.health.subject import Subject, at

FILE = Path(__file__).resolve().parent / "knowledge.toml"
# "The Data Protection Act 2018 replaced that of 1998" knows already.
TOLD_ALREADY = re.compile(
    r"\b(replac|repeal|supersed|former|previous|no longer|used to be)", re.IGNORECASE
)


@dataclass(frozen=True)
class Entry:
    """One fact, as knowledge.toml explains it."""

    key: str
    title: str
    weight: str
    pattern: re.Pattern[str]
    missing: bool
    only_if: re.Pattern[str] | None
    unless: re.Pattern[str]
    now: str
    sure: bool
    source: str
    checked_on: date | None

    @property
    def sentence(self) -> str:
        """What is now so, or what we believe to be so."""
        return self.now if self.sure else f"We believe that {self.now} Please check."


@dataclass(frozen=True)
class Companion:
    """A policy that others name; `pattern` finds its name in a text and in a title."""

    name: str
    pattern: str


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Every fact of knowledge.toml."""
    return tuple(_entry(row) for row in _file()["entry"])


@lru_cache(maxsize=1)
def companions() -> tuple[Companion, ...]:
    """Every policy that knowledge.toml lists."""
    return tuple(Companion(**row) for row in _file()["companion"])


def known(subject: Subject) -> Iterator[Hint]:
    """A hint for each fact that the text does not know yet."""
    for entry in entries():
        if entry.only_if and not entry.only_if.search(subject.everything):
            continue
        where = () if entry.missing else tuple(_places(entry, subject))
        if where or (entry.missing and not entry.pattern.search(subject.everything)):
            yield Hint(
                key=entry.key,
                title=entry.title,
                sentence=entry.sentence,
                weight=entry.weight,
                where=where,
                source=entry.source,
                checked_on=entry.checked_on,
            )


def _places(entry: Entry, subject: Subject) -> Iterator[Where]:
    for passage, match in subject.find(entry.pattern):
        if not entry.unless.search(passage.words):
            yield at(passage, match.group())


def _entry(row: dict[str, Any]) -> Entry:
    entry = Entry(
        key=row["key"],
        title=row["title"],
        weight=row["weight"],
        pattern=_compiled("|".join(row["patterns"])),
        missing=row.get("missing", False),
        only_if=_compiled(row["only_if"]) if "only_if" in row else None,
        unless=_compiled(row["unless"]) if "unless" in row else TOLD_ALREADY,
        now=row["now"],
        sure=row["sure"],
        source=row["source"],
        checked_on=row.get("checked_on"),
    )
    if entry.weight not in WEIGHTS or entry.sure != (entry.checked_on is not None):
        raise ValueError(f"{entry.key}: a known weight, and a day exactly when somebody is sure.")
    return entry


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _file() -> dict[str, list[dict[str, Any]]]:
    with FILE.open("rb") as file:
        return tomllib.load(file)
