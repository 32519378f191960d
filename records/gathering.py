"""Gathers what a record will say, from the database and the tablet, into frozen facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.agreements import Version, published_version
from models.events import Newest, current_head
from models.prepared import PreparedSelect
from models.settings import Setting
from models.tablets import Paired, Tablet
from records.changes import changes_shown
from records.codes import new_code
from records.errors import NeverHad
from records.facts import ChainHead, Facts, SettingFacts, VersionFacts
from records.submission import Submission
from records.times import times


@dataclass(frozen=True)
class Signer:
    """Who signs, as it will be sealed."""

    full_name: str
    category: str
    organisation: str | None
    under_18: bool
    name_prints_boxes: bool = False


class Place(NamedTuple):
    """Where a signing is made: the tablet, and its setting as the letterhead shows it."""

    tablet_id: UUID
    tablet_name: str
    paired_at: datetime
    setting_id: UUID
    setting: SettingFacts


@dataclass(frozen=True)
class Signable:
    """A version as it was frozen; `wordings` maps each category that signs to its sentence."""

    version: VersionFacts
    wordings: Mapping[str, str]


# Each signing asks it.
_PLACE: PreparedSelect[*tuple[Any, ...]] = PreparedSelect(
    sa.select(
        *(Tablet.name, Tablet.made_at, Setting.name, Setting.charity_number, Setting.ofsted_urn),
        *(Setting.address, Setting.logo, Setting.time_zone),
    )
    .join(Setting, Setting.id == Tablet.setting_id)
    .where(Tablet.id == sa.bindparam("tablet", type_=sa.Uuid()))
)


def place_of(tablet: Paired) -> Place:
    """What a record says of a tablet and its setting, as they are now."""
    name, paired_at, *setting = _PLACE.one(tablet=tablet.id)
    return Place(tablet.id, name, paired_at, tablet.setting_id, SettingFacts(*setting))


@lru_cache(maxsize=64)
def signable(setting_id: UUID, version_id: UUID) -> Signable:
    """A version of this setting, read once, because none ever changes; raises NeverHad."""
    version = published_version(setting_id, version_id)
    if version is None:
        raise NeverHad
    return Signable(version_facts(version), version.sentences)


def facts_of(
    signing_id: UUID,
    place: Place,
    signs: Signable,
    signer: Signer,
    submission: Submission,
    sent_at: datetime | None,
    received_at: datetime,
    head: Newest,
    check_address: str | None,
) -> Facts:
    """Everything the page and evidence.json will say; `head` is the newest of the history."""
    code = new_code()
    return Facts(
        record_id=signing_id,
        sitting_id=submission.sitting_id,
        code=code,
        setting=place.setting,
        version=signs.version,
        wording=signs.wordings[signer.category],
        full_name=signer.full_name,
        category=signer.category,
        organisation=signer.organisation,
        under_18=signer.under_18,
        method=submission.method,
        typed_name=submission.typed_name,
        witness=submission.witness,
        drawing=submission.drawing,
        times=times(submission.signed_at, sent_at, received_at, place.paired_at),
        reading=submission.reading,
        tablet_id=place.tablet_id,
        tablet_name=place.tablet_name,
        head=_named(head),
        check_address=f"{check_address}/{code}" if check_address else None,
        changes=changes_shown(
            place.setting_id,
            submission.person_id,
            signs.version.id,
            signer.category,
            submission.changes_shown,
        ),
    )


def setting_facts(setting: Setting) -> SettingFacts:
    """What the letterhead says."""
    return SettingFacts(
        name=setting.name,
        charity_number=setting.charity_number,
        ofsted_urn=setting.ofsted_urn,
        address=setting.address,
        logo=setting.logo,
        time_zone=setting.time_zone,
    )


def version_facts(version: Version) -> VersionFacts:
    """The published text and its sign-off, as they were frozen."""
    return VersionFacts(
        id=version.id,
        agreement_id=version.agreement_id,
        title=version.title,
        number=version.number,
        text=version.text,
        text_sha256=version.text_sha256,
        published_at=version.published_at,
        signoff_title=version.signoff_title,
        name_label=version.name_label,
    )


def newest_head(setting_id: UUID) -> ChainHead | None:
    """The newest event of the setting's history, as a record names it; None before the first."""
    return _named(current_head(setting_id))


def _named(head: Newest) -> ChainHead | None:
    return ChainHead(sequence=head.sequence, hash=head.hash) if head.sequence else None
