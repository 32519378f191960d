"""Gathers everything an inspection pack says, but for the records inside it."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models import accounts
from models.adoptions import Adoption, adoption_of, history_of
from models.agreements import Version, agreement_of, by_sentence
from models.categories import CATEGORIES
from models.checks import last_check
from models.contacts import contacts_of
from models.events import current_head
from models.keys import certificates, current_key
from models.managers import holders
from models.reminders import Reminder
from models.reviews import answers, declared
from models.settings import Setting
from models.voids import voided_times
from records.gathering import setting_facts
from records.keys import certificate_of
from records.pack.facts import (
    Adopted,
    Card,
    Edition,
    Enclosed,
    Group,
    Numbers,
    Pack,
    Proof,
    Text,
    Watched,
)
from records.pack.standing import signed_between
from records.seal import issuer_of
from renewals.schedule import Rule

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Made:
    """For which day a pack is made, when, and by whoever holds which roles ("Owner, Manager")."""

    day: date
    at: datetime
    by: str
    check_address: str | None


def pack(
    setting: Setting,
    made: Made,
    groups: list[Group],
    versions: list[Version],
    enclosed: list[Enclosed],
    left_out: int,
) -> Pack:
    """Everything, for the versions that were chosen."""
    return Pack(
        setting=setting_facts(setting),
        day=made.day,
        made_at=made.at,
        made_by=made.by,
        groups=groups,
        texts=[_text(setting, version) for version in versions],
        cards=[
            Card(card.kind_words, card.name, card.phone, card.checked_on)
            for card in contacts_of(setting.id)
        ],
        accounts=[_watched(watched, made.day) for watched in accounts.watched_accounts(setting.id)],
        numbers=_numbers(setting, made),
        proof=_proof(setting.id, made.check_address),
        enclosed=enclosed,
        left_out=left_out,
    )


def _text(setting: Setting, version: Version) -> Text:
    signers = by_sentence(version.sentences).items()
    agreement = agreement_of(setting.id, version.agreement_id)
    own_rule = agreement.renewal_rule if agreement else None
    return Text(
        title=version.title,
        number=version.number,
        text=version.text,
        text_sha256=version.text_sha256,
        signoff_title=version.signoff_title,
        name_label=version.name_label,
        wordings={sentence: [CATEGORIES[one] for one in who] for sentence, who in signers},
        adopted=_adopted(adoption_of(setting.id, version.id)),
        history=[
            Edition(
                number=past.number,
                published_on=clock.local_day(past.published_at, setting.time_zone),
                effective_on=past.effective_on,
                change=past.change,
                reason=past.reason,
                adopted=_adopted(past.adoption),
            )
            for past in history_of(setting.id, version.agreement_id)
        ],
        rule=_rule(Rule.read(own_rule or setting.renewal_rule)),
    )


def _adopted(adoption: Adoption | None) -> Adopted | None:
    if adoption is None:
        return None
    return Adopted(
        by=adoption.adopted_by,
        on=adoption.adopted_on,
        review_on=adoption.review_on,
        name=adoption.signed_name,
        role=adoption.signed_role,
    )


def _rule(rule: Rule) -> str:
    if rule.window is None:
        return "a year after they last signed"
    return f"each year between {rule.window.first.words} and {rule.window.last.words}"


def _watched(watched: accounts.Watched, day: date) -> Watched:
    return Watched(
        account=watched.account.words,
        monitors=[person.full_name for person in watched.monitors],
        too_few=watched.too_few,
        late=watched.late(day),
        checked_on=watched.last.checked_on if watched.last else None,
        outcome=watched.last.outcome_words if watched.last else None,
    )


def _numbers(setting: Setting, made: Made) -> Numbers:
    records, first, newest = signed_between(setting.id)
    told = declared(setting.id, made.day)
    channels = Counter(
        db.session.scalars(
            sa.select(Reminder.channel).where(
                Reminder.setting_id == setting.id, Reminder.made_at > made.at - A_YEAR
            )
        )
    )
    return Numbers(
        records=records,
        voided=len(voided_times(setting.id)),
        first_on=clock.local_day(first, setting.time_zone) if first else None,
        newest_on=clock.local_day(newest, setting.time_zone) if newest else None,
        declarations_asked=answers(setting.id),
        declarations_told=told.told,
        declarations_waiting=told.waiting,
        declarations_again=told.again,
        leads=len(holders(setting, "dsl")),
        letters=channels["letter"],
        in_person=channels["in_person"],
        slips=channels["slip"],
    )


def _proof(setting_id: UUID, check_address: str | None) -> Proof:
    head, check = current_head(setting_id), last_check(setting_id)
    seal = certificate_of(current_key("seal", setting_id))
    return Proof(
        seal_sha256=hashlib.sha256(seal).hexdigest(),
        authority_sha256=hashlib.sha256(issuer_of(seal, certificates("ca"))).hexdigest(),
        sequence=head.sequence,
        hash=head.hash,
        check_address=check_address,
        checked_on=check.day if check else None,
        checked_wrong=check.wrong if check else 0,
    )
