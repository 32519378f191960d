"""The frozen facts of a signature on paper that is filed as a scan: no tablet and no drawing."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import clock
from records.facts import ChainHead, Fixed, SettingFacts, VersionFacts


@dataclass(frozen=True, slots=True)
class PageOfPaper:
    """One photograph as it is filed (JPEG), with the SHA-256 of the file that was chosen for it."""

    jpeg: bytes
    sha256: str
    sent_sha256: str


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """Everything that the record of a paper says.

    signed_on: the day that stands on the paper. seen_by: who saw it being signed, as the manager
    says. filed_by: the manager's name, where they gave one; never an address.
    """

    record_id: UUID
    code: str
    setting: SettingFacts
    version: VersionFacts
    wording: str
    full_name: str
    category: str
    organisation: str | None
    under_18: bool
    signed_on: date
    seen_by: str | None
    filed_by: str | None
    filed_by_id: UUID
    filed_at: datetime
    pages: tuple[PageOfPaper, ...]
    head: ChainHead | None
    check_address: str | None

    @property
    def fixed(self) -> Fixed:
        """What the pages have in common with every record of this version and wording."""
        return Fixed(self.setting, self.version, self.wording, self.check_address is not None)

    @property
    def effective_at(self) -> datetime:
        """The time that counts (UTC): nobody knows the hour, so the day's beginning, where the
        setting is. Whoever signed at the tablet on that day signed later."""
        return clock.day_begins(self.signed_on, self.setting.time_zone)
