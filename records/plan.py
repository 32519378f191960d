"""What must be known of laid out pages to fill them in: where, in what size, into which objects."""

import hashlib
from dataclasses import asdict, dataclass

import orjson

from records.facts import Fixed, SettingFacts
from records.tail import Anchors

# Another edition of the printed pages: versions that are in use are laid out afresh with it.
EDITION = 2
# Stands in the samples' metadata for a record's own title and time.
SAMPLE_TITLE, SAMPLE_STAMP = "qz-title-qz", "1904-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one line: its tag's number, baseline, size and room in page pixels, and colour as
    red, green and blue from 0 to 1."""

    page: int
    mcid: int
    x: float
    y: float
    size: float
    room: float
    colour: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A place for a picture: its top left corner, and the object numbers of its tag."""

    page: int
    mcid: int
    x: float
    y: float
    tag: int
    parent: int
    paper: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that filling in needs besides the bytes of the template."""

    anchors: Anchors
    # The object that each page's fill is drawn in, and how tall that page is (points).
    fills: dict[str, int]
    tall: dict[str, float]
    slots: dict[str, Slot]
    typed: Slot
    drawing: Picture
    qr: Picture | None
    evidence: int
    metadata: int
    packet: str
    producer: str
    glyphs: dict[str, int]
    widths: list[int]

    def to_json(self) -> str:
        """Give the plan as compact JSON, for the database."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "Plan":
        """Give back the plan that to_json() wrote."""
        data = orjson.loads(text)
        data["anchors"] = Anchors(**data["anchors"])
        data["slots"] = {name: Slot(**slot) for name, slot in data["slots"].items()}
        data["typed"] = Slot(**data["typed"])
        data["drawing"] = Picture(**data["drawing"])
        data["qr"] = Picture(**data["qr"]) if data["qr"] else None
        return cls(**data)


def made_of(fixed: Fixed) -> str:
    """Give the SHA-256 of everything that pages are laid out from: the same for the same pages."""
    says = {
        "edition": EDITION,
        "setting": _setting(fixed.setting),
        "version": asdict(fixed.version),
        "wording": fixed.wording,
        "addressed": fixed.addressed,
    }
    return hashlib.sha256(orjson.dumps(says, option=orjson.OPT_SORT_KEYS)).hexdigest()


def wording_hash(wording: str) -> str:
    """Give the SHA-256 of a sign-off wording."""
    return hashlib.sha256(wording.encode()).hexdigest()


def _setting(setting: SettingFacts) -> dict[str, object]:
    logo = hashlib.sha256(setting.logo).hexdigest() if setting.logo else None
    return {**asdict(setting), "logo": logo}
