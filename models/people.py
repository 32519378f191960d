"""People sign and never log in; what category they are in is dated."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.categories import CATEGORIES, SENT_BY_AN_ORGANISATION
from models.settings import of

LONGEST_NAME = 100
MOST_MARKS_ON_A_LETTER = 4
CLOSE_ENOUGH = 0.75
# Joiners hold emoji and some scripts' letters together; every other invisible character goes.
JOINERS = "\u200c\u200d"
# Letters with a stroke, which Unicode does not take apart into a letter and a mark.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i"})


class NameNotAcceptable(Exception):
    """Write the name with at least one letter and at most 100 characters."""


class Organisation(Identified, Made, OfSetting, Base):
    """The agency or college that sends a person."""

    __tablename__ = "organisations"
    __table_args__ = (sa.UniqueConstraint("setting_id", "name_key"),)

    name: Mapped[str]
    name_key: Mapped[str]


class Person(Identified, Made, OfSetting, Base):
    """Somebody who works with the children and must sign."""

    __tablename__ = "people"
    __table_args__ = (sa.Index("ix_people_setting_id_name_key", "setting_id", "name_key"),)

    full_name: Mapped[str]
    name_key: Mapped[str]
    email: Mapped[str | None]
    under_18: Mapped[bool] = mapped_column(default=False)
    # Set when some letter of the name has no glyph in any font here, so the desk can say so.
    name_prints_boxes: Mapped[bool] = mapped_column(default=False)


class PersonCategory(Identified, Made, OfSetting, Base):
    """The category a person is in from a day on, and who sends them."""

    __tablename__ = "person_categories"
    __table_args__ = (sa.Index("ix_person_categories_person_id_until", "person_id", "until"),)

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    category: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisations.id"))
    since: Mapped[date]
    until: Mapped[date | None]


@dataclass(frozen=True)
class Known:
    """A current person with their category today."""

    person: Person
    category: str
    organisation: str | None

    @property
    def category_words(self) -> str:
        """The category as people say it."""
        return CATEGORIES[self.category]


def clean_name(typed: str) -> str:
    """A name as it will be sealed: NFC, single spaces, nothing invisible that changes reading.

    Raises NameNotAcceptable for nothing, too much, or letters buried under marks.
    """
    composed = unicodedata.normalize("NFC", typed)
    shown = "".join(
        letter
        for letter in composed
        if letter.isspace() or letter in JOINERS or unicodedata.category(letter)[0] != "C"
    )
    name = " ".join(shown.split())
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in name):
        raise NameNotAcceptable
    if len(name) > 4 * LONGEST_NAME or _letters(name) > LONGEST_NAME or _marks(name):
        raise NameNotAcceptable
    return name


def name_key(name: str) -> str:
    """The same for the same name however it is typed: no accents, case or punctuation."""
    bare = unicodedata.normalize("NFKD", name).casefold().translate(PLAIN)
    kept = (
        " " if letter.isspace() or letter == "-" else letter
        for letter in bare
        if unicodedata.category(letter)[0] in "LNSZ" or letter == "-"
    )
    return " ".join("".join(kept).split())


def people_now(setting_id: UUID) -> sa.Select[Person, str, str | None]:
    """Every current person of a setting with category and organisation, by name."""
    return (
        sa.select(Person, PersonCategory.category, Organisation.name)
        .join(PersonCategory, PersonCategory.person_id == Person.id)
        .outerjoin(Organisation, Organisation.id == PersonCategory.organisation_id)
        .where(Person.setting_id == setting_id, PersonCategory.until.is_(None))
        .order_by(Person.name_key, Person.id)
    )


def known_person(setting_id: UUID, person_id: UUID) -> Known | None:
    """One person of this setting with their newest category."""
    row = db.session.execute(people_now(setting_id).where(Person.id == person_id)).first()
    return Known(*row) if row else None


def people_after(setting_id: UUID, last: Person) -> sa.Select[Person, str, str | None]:
    """The current people that come after `last` in the list by name."""
    return people_now(setting_id).where(
        sa.or_(
            Person.name_key > last.name_key,
            sa.and_(Person.name_key == last.name_key, Person.id > last.id),
        )
    )


def namesakes(
    setting_id: UUID, full_name: str, category: str, organisation: str | None
) -> list[Person]:
    """The current people with this name, category and organisation."""
    rows = db.session.execute(
        people_now(setting_id).where(
            Person.name_key == name_key(full_name),
            PersonCategory.category == category,
            Organisation.name_key == name_key(organisation)
            if organisation
            else PersonCategory.organisation_id.is_(None),
        )
    )
    return [row[0] for row in rows]


def same_person(
    setting_id: UUID, full_name: str, category: str, organisation: str | None
) -> Person | None:
    """The one current person with this name, category and organisation; None if not exactly one."""
    found = namesakes(setting_id, full_name, category, organisation)
    return found[0] if len(found) == 1 else None


def add_person(
    setting_id: UUID,
    *,
    full_name: str,
    category: str,
    organisation: str | None,
    since: date,
    email: str | None = None,
    under_18: bool = False,
) -> Person:
    """Add a person inside writing(); the name has been through clean_name()."""
    person = Person(
        setting_id=setting_id,
        full_name=full_name,
        name_key=name_key(full_name),
        email=email,
        under_18=under_18,
    )
    db.session.add(person)
    db.session.flush()
    sender = None
    if organisation and category in SENT_BY_AN_ORGANISATION:
        sender = _organisation(setting_id, organisation).id
    db.session.add(
        PersonCategory(
            setting_id=setting_id,
            person_id=person.id,
            category=category,
            organisation_id=sender,
            since=since,
        )
    )
    db.session.flush()
    return person


def close_matches(typed: str, people: Iterable[Known]) -> list[Known]:
    """The people a typed name may mean, best first: every typed word starts a word of the name.

    A word of four letters or more may also be slightly misspelt ("Sian Lewelyn").
    """
    words = name_key(typed).split()
    scored = []
    for known in people:
        score = _likeness(words, known.person.name_key.split())
        if score > 0:
            scored.append((-score, known.person.name_key, known))
    return [known for _, _, known in sorted(scored, key=lambda row: row[:2])]


def _likeness(typed: list[str], words: list[str]) -> float:
    total = 0.0
    for part in typed:
        best = max((_word_likeness(part, word) for word in words), default=0.0)
        if best == 0.0:
            return 0.0
        total += best
    return total / max(len(typed), 1)


def _word_likeness(part: str, word: str) -> float:
    if word.startswith(part):
        return 1.0
    if len(part) < 4:
        return 0.0
    ratio = SequenceMatcher(None, part, word[: len(part) + 1]).ratio()
    return ratio if ratio >= CLOSE_ENOUGH else 0.0


def _organisation(setting_id: UUID, name: str) -> Organisation:
    key = name_key(name)
    found = db.session.scalar(of(setting_id, Organisation).where(Organisation.name_key == key))
    if found is None:
        found = Organisation(setting_id=setting_id, name=name, name_key=key)
        db.session.add(found)
        db.session.flush()
    return found


def _letters(name: str) -> int:
    return sum(1 for letter in name if not unicodedata.combining(letter))


def _marks(name: str) -> bool:
    run = 0
    for letter in name:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run > MOST_MARKS_ON_A_LETTER:
            return True
    return False
