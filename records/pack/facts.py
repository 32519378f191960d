"""What an inspection pack says, gathered and frozen, so that a child can print it."""

from dataclasses import dataclass
from datetime import date, datetime

from records.facts import SettingFacts
from renewals.schedule import Stage


@dataclass(frozen=True, slots=True)
class Row:
    """One person and one agreement that they must sign; `signed_on` is None without a record."""

    full_name: str
    organisation: str | None
    title: str
    number: int | None
    signed_on: date | None
    due_on: date
    stage: Stage
    on_paper: bool = False

    @property
    def gap(self) -> bool:
        """Whether an inspector should see it first."""
        return self.signed_on is None or self.stage == "overdue"


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody of one category; `free` are those of whom no agreement is asked."""

    category: str
    people: int
    rows: list[Row]
    free: list[str]

    def count(self, stage: Stage) -> int:
        """How many signatures stand there; whoever has no record counts as a gap instead."""
        return sum(row.stage == stage and row.signed_on is not None for row in self.rows)

    @property
    def gaps(self) -> list[Row]:
        """Overdue, or never signed."""
        return [row for row in self.rows if row.gap]


@dataclass(frozen=True, slots=True)
class Adopted:
    """The provider's own sign-off."""

    by: str
    on: date
    review_on: date
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One version in an agreement's history."""

    number: int
    published_on: date
    effective_on: date
    change: str
    reason: str | None
    adopted: Adopted | None


@dataclass(frozen=True, slots=True)
class Text:
    """An agreement as it is signed today; `wordings` maps each sentence to who signs under it."""

    title: str
    number: int
    text: str
    text_sha256: str
    signoff_title: str | None
    name_label: str
    wordings: dict[str, list[str]]
    adopted: Adopted | None
    history: list[Edition]
    rule: str


@dataclass(frozen=True, slots=True)
class Card:
    """Whom to turn to."""

    kind: str
    name: str
    phone: str | None
    checked_on: date


@dataclass(frozen=True, slots=True)
class Watched:
    """A social media account of the setting, who watches it, and the last look."""

    account: str
    monitors: list[str]
    too_few: bool
    late: bool
    checked_on: date | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is only counted. Days are those of the first and the newest signing."""

    records: int
    voided: int
    first_on: date | None
    newest_on: date | None
    declarations_asked: int
    declarations_told: int
    declarations_waiting: int
    declarations_again: int
    leads: int
    letters: int
    in_person: int
    slips: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What the records hang on, and the newest event of the history."""

    seal_sha256: str
    authority_sha256: str
    sequence: int
    hash: str
    check_address: str | None
    checked_on: date | None
    checked_wrong: int


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A sealed record inside the pack, by its file's name."""

    file: str
    full_name: str
    what: str
    signed_at: datetime
    code: str
    sha256: str
    intact: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole of it. `made_by` are roles, never a name; `left_out`: records beyond the limit."""

    setting: SettingFacts
    day: date
    made_at: datetime
    made_by: str
    groups: list[Group]
    texts: list[Text]
    cards: list[Card]
    accounts: list[Watched]
    numbers: Numbers
    proof: Proof
    enclosed: list[Enclosed]
    left_out: int

    @property
    def gaps(self) -> list[tuple[str, Row]]:
        """Each gap with the category of its person, those without a record first."""
        found = [(group.category, row) for group in self.groups for row in group.gaps]
        return sorted(found, key=lambda gap: (gap[1].signed_on is not None, gap[1].due_on))
