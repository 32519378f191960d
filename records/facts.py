"""The frozen facts of one signing: what goes on the page and under the seal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from records.drawing import Drawing


@dataclass(frozen=True, slots=True)
class SettingFacts:
    """The setting as its letterhead shows it; `logo` is a PNG."""

    name: str
    charity_number: str | None
    ofsted_urn: str | None
    address: str | None
    logo: bytes | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """The published text that was signed, as Markdown with the hash of its normalised form."""

    id: UUID
    agreement_id: UUID
    title: str
    number: int
    text: str
    text_sha256: str
    published_at: datetime
    signoff_title: str | None
    name_label: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """What every record of one version and sign-off wording has in common, while the setting and
    its check address (`addressed`: there is one) stay as they are."""

    setting: SettingFacts
    version: VersionFacts
    wording: str
    addressed: bool


Basis = Literal["device", "corrected", "receipt"]


@dataclass(frozen=True, slots=True)
class Times:
    """What the clocks said (UTC). `basis` says which of them the effective time comes from."""

    device_signed_at: datetime
    sent_at: datetime | None
    received_at: datetime
    offset_seconds: float | None
    effective_at: datetime
    basis: Basis


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tablet showed; it says nothing about what was understood."""

    opened_at: datetime | None
    reached_end_at: datetime | None
    furthest: float
    read_aloud: bool
    text_size: str


@dataclass(frozen=True, slots=True)
class Witness:
    """Who saw the mark being made."""

    full_name: str
    category: str


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The newest event of the setting's history that was known when the record was sealed."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The comparison with the version that was signed before, where it was shown first: that
    version's number, and the comparison as JSON with its SHA-256."""

    since: int
    sha256: str
    comparison: bytes


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that one record says.

    There is no person id: whether a newcomer is somebody on file is only settled when saving.
    """

    record_id: UUID
    sitting_id: UUID
    code: str
    setting: SettingFacts
    version: VersionFacts
    wording: str
    full_name: str
    category: str
    organisation: str | None
    under_18: bool
    method: Literal["drawn", "typed", "mark"]
    typed_name: str | None
    witness: Witness | None
    drawing: Drawing | None
    times: Times
    reading: Reading
    tablet_id: UUID
    tablet_name: str
    head: ChainHead | None
    check_address: str | None
    changes: Changes | None = None

    @property
    def fixed(self) -> Fixed:
        """The part that is laid out once for many records."""
        return Fixed(self.setting, self.version, self.wording, self.check_address is not None)
