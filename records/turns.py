"""Whose turn it is to be read in full tonight, and where the next night goes on."""

import math
from dataclasses import dataclass, field
from uuid import UUID

# A share of the records is read in full each night, so that each has its turn in four weeks.
NIGHTS = 28
# The most that are read in full in one night: a minute of a processor.
MOST_SEALS = 2000


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the last check stopped: up to which event all is checked in full, and whose turn was
    the last, that many nights ago."""

    sequence: int = 0
    turn: int = 0
    nights: int = 1


@dataclass(slots=True)
class Outcome:
    """What a check looked at, where it stopped, and a sentence for each thing that is wrong."""

    sequence: int
    turn: int
    records: int = 0
    seals: int = 0
    events: int = 0
    faults: list[str] = field(default_factory=list)
    # The signings whose copy is missing and can be made from bytes that are as they were sealed.
    to_copy: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Listed:
    """A record to look at: the number of its event and the hash that stands there, its code, the
    name of its copy, and what became of that."""

    sequence: int
    sha256: str
    signing_id: UUID
    code: str
    copy: str
    copied: str | None


@dataclass(frozen=True, slots=True)
class Turns:
    """What is read in full tonight, in order of events: what is new, and the next share of all."""

    begun: Begun
    listed: list[Listed]
    newest: int

    @property
    def new(self) -> list[Listed]:
        """The records that no check has read in full yet."""
        return [one for one in self.listed if one.sequence > self.begun.sequence][:MOST_SEALS]

    @property
    def due(self) -> list[Listed]:
        """The next share of all, larger where nights were missed."""
        share = math.ceil(len(self.listed) / NIGHTS) * self.begun.nights
        return self._waiting()[: min(share, MOST_SEALS - len(self.new))]

    def outcome(self, done: list[Listed]) -> Outcome:
        """Where the check after this one goes on, when so much was done."""
        had = set(done)
        new, due = self.new, self.due
        seen = [one.sequence for one in new if one in had]
        turn = [one.sequence for one in due if one in had]
        all_new = len(new) < MOST_SEALS and had.issuperset(new)
        # Whoever is last has had their turn: the round begins again.
        all_due = had.issuperset(self._waiting())
        return Outcome(
            sequence=self.newest if all_new else max(seen, default=self.begun.sequence),
            turn=0 if all_due else max(turn, default=self.begun.turn),
            records=len(self.listed),
            seals=len(done),
            events=self.newest,
        )

    def _waiting(self) -> list[Listed]:
        return [one for one in self.listed if one.sequence > self.begun.turn]
