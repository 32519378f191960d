"""What each letter says and to whom, asked again in the moment before it leaves."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.addresses import AddressCheck, check_of
from models.agreements import Agreement, Version
from models.dues import Due, dues_asked
from models.holidays import holidays_of
from models.people import Person, known_person
from models.reminders import Reminder
from models.settings import Setting, of
from models.signings import Signing, neutral_file_name, record_pdf
from models.voids import voided_at
from outbox.errands import NOT_NEEDED, Errand, NotNow, TryLater
from outbox.links import link
from outbox.posting import post
from renewals.addresses import asked_check, letters_can_be_answered, token_of
from renewals.quiet import may_send_at, next_quiet_end
from renewals.schedule import Stage, stage

NO_LINK = "BASE_URL names this machine itself, so a letter could not hold a link that works."


@dataclass(frozen=True)
class Matter:
    """One agreement that a reminder speaks of."""

    title: str
    due_on: date
    stage: Stage
    ever_signed: bool
    link: str | None


def reminder_letter(errand: Errand) -> str:
    """Remind somebody, unless they signed, left or moved on since this was decided.

    An address that nobody confirmed gets nothing personal: no name, no day.
    """
    setting = db.session.get_one(Setting, errand.setting_id)
    person_id, matters = _still_asked(setting, errand)
    known = known_person(setting.id, person_id) if person_id and matters else None
    if known is None or known.person.email is None:
        return NOT_NEEDED
    person = known.person
    email, first_name = str(person.email), person.full_name.split()[0]
    check = check_of(setting.id, person.id, email)
    if check is not None and check.disowned_at is not None:
        return NOT_NEEDED
    _wait_for_day(setting)
    confirmed = check is not None and check.confirmed
    if check is None and letters_can_be_answered():
        # Whoever gets this wrongly must be able to say so.
        check = asked_check(errand.setting_id, person.id)
    links = _links(check)
    values = {"name": first_name if confirmed else None, "matters": matters, "first": matters[0]}
    return post(errand, email, "reminder", values | links)


def confirm_letter(errand: Errand) -> str:
    """Ask a new address whose it is; nothing in it is personal, not even a name."""
    check = db.session.scalar(
        of(errand.setting_id, AddressCheck).where(AddressCheck.id == UUID(errand.about))
    )
    if check is None or check.confirmed_at or check.disowned_at:
        return NOT_NEEDED
    known = known_person(errand.setting_id, check.person_id)
    if known is None or known.person.email != check.email:
        return NOT_NEEDED
    links = _links(check)
    if links["confirm_link"] is None:
        raise TryLater(NO_LINK)
    return post(errand, check.email, "confirm", links)


def copy_letter(errand: Errand) -> str:
    """Send somebody the record they signed, to the address that they confirmed."""
    found = record_pdf(errand.setting_id, UUID(errand.about))
    if found is None:
        return NOT_NEEDED
    signing, code, pdf = found
    if voided_at(errand.setting_id, signing.id) is not None:
        return NOT_NEEDED
    person = db.session.get_one(Person, signing.person_id)
    check = check_of(errand.setting_id, person.id, person.email) if person.email else None
    if check is None or not check.confirmed:
        return NOT_NEEDED
    setting = db.session.get_one(Setting, errand.setting_id)
    values = {
        "name": signing.full_name.split()[0],
        "title": _title(signing),
        "signed_on": clock.local_day(signing.effective_at, setting.time_zone),
        "on_paper": signing.method == "paper",
        "code": code,
        "check_link": link("verify.answer", code=code),
    } | _links(check)
    name = neutral_file_name(signing, code, setting.time_zone)
    return post(errand, check.email, "copy", values, (name, pdf))


def _still_asked(setting: Setting, errand: Errand) -> tuple[UUID | None, list[Matter]]:
    """Whom the decided reminders are about, and which of them hold today, most pressing first."""
    wanted = [UUID(reminder_id) for reminder_id in errand.payload["reminders"]]
    decided = db.session.scalars(of(setting.id, Reminder).where(Reminder.id.in_(wanted))).all()
    if not decided:
        return None, []
    person_id = decided[0].person_id
    still = {
        (reminder.agreement_id, reminder.due_on)
        for reminder in decided
        if not _newer_step(setting.id, reminder)
    }
    rows = db.session.execute(
        dues_asked(setting.id)
        .join(Agreement, Agreement.id == Due.agreement_id)
        .where(Due.person_id == person_id)
        .order_by(Due.due_on, Due.id)
        .add_columns(Version.title, Agreement.slug)
    )
    today = clock.today(setting.time_zone)
    return person_id, [
        _matter(setting, due, title, slug, today)
        for due, title, slug in rows
        if (due.agreement_id, due.due_on) in still
    ]


def _newer_step(setting_id: UUID, reminder: Reminder) -> bool:
    """Whether a later letter about the same day is decided: after a pause only the newest goes."""
    later = of(setting_id, Reminder).where(
        Reminder.person_id == reminder.person_id,
        Reminder.agreement_id == reminder.agreement_id,
        Reminder.due_on == reminder.due_on,
        Reminder.channel == "letter",
        Reminder.step > reminder.step,
    )
    return bool(db.session.scalar(sa.select(later.exists())))


def _matter(setting: Setting, due: Due, title: str, slug: str, today: date) -> Matter:
    ever_signed = due.signing_id is not None
    return Matter(
        title=title,
        due_on=due.due_on,
        stage=stage(due.due_on, today, ever_signed=ever_signed),
        ever_signed=ever_signed,
        link=link("public.agreement", setting=setting.slug, slug=slug),
    )


def _wait_for_day(setting: Setting) -> None:
    """Raise NotNow at night and in the holidays."""
    now, holidays = clock.now(), holidays_of(setting.id)
    if not may_send_at(setting, now, holidays):
        raise NotNow(next_quiet_end(setting, now, holidays))


def _links(check: AddressCheck | None) -> dict[str, str | None]:
    """Where the reader can say "that is me" and "that was not me"."""
    if check is None:
        return {"confirm_link": None, "not_me_link": None}
    token = token_of(check.setting_id, check.id)
    return {
        "confirm_link": link("public.confirm_address", token=token),
        "not_me_link": link("public.disown_address", token=token),
    }


def _title(signing: Signing) -> str:
    return str(
        db.session.scalar(
            sa.select(Version.title).where(
                Version.setting_id == signing.setting_id, Version.id == signing.version_id
            )
        )
    )
