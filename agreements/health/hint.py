"""One hint about a text: what was seen, where, and who says so."""

import hashlib
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

# In the order in which somebody with one evening would take them.
WEIGHTS: dict[str, str] = {
    "first": "Look at this first",
    "look": "Worth a look",
    "small": "When you have a moment",
}


@dataclass(frozen=True)
class Where:
    """The words a hint is about, the whole block they stand in, and the heading above it."""

    words: str
    block: str
    clause: str | None = None


@dataclass(frozen=True)
class Hint:
    """Help, never blame. `checked_on` is the day the source was read; None says that nobody has."""

    key: str
    title: str
    sentence: str
    weight: str
    where: tuple[Where, ...] = ()
    source: str | None = None
    checked_on: date | None = None

    @property
    def source_name(self) -> str:
        """Whose page the source is: "legislation.gov.uk"."""
        return (urlsplit(self.source or "").hostname or "").removeprefix("www.")

    @property
    def quotes(self) -> list[tuple[str, str | None]]:
        """The words and the heading above them, each pair once."""
        return list(dict.fromkeys((where.words, where.clause) for where in self.where))

    @property
    def words_sha256(self) -> str:
        """What the hint is about: another number once one of its blocks says something else."""
        said = "\n".join(f"{where.words}\t{where.block}" for where in self.where)
        return hashlib.sha256(said.encode()).hexdigest()
