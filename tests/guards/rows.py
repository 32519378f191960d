"""Something of Bluebells for every id in an address, made when a test asks for that address.

What is made here opens for an owner of Bluebells. So "there is nothing" means something when it is
said to somebody from elsewhere.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import Flask, current_app

import clock
from agreements.drafting import begin_draft
from agreements.health import dismiss, health_of
from agreements.incoming.becoming import edition_from
from agreements.incoming.bringing_in import bring_in
from backends.database import Base
from extensions import db
from models.accounts import Account, Monitor
from models.base import new_id
from models.contacts import Contact
from models.feeds import feed_keys, new_feed_key
from models.hints import dismissals_of
from models.holds import Hold
from models.holidays import Holiday
from models.managers import memberships_now
from models.passkeys import Passkey
from models.pauses import Pause
from models.people import Organisation, add_person
from models.reviews import told_of
from models.scans import Photograph, photographs_of
from models.settings import of
from models.writing import writing
from people.importing.doing import begin
from people.importing.reading import Cells
from records.holding import hold
from records.scanning import Paper, begin_scan
from records.signing import sign
from settings.inviting import invite
from tests.cast import Cast, publish_next, signing_body
from tests.guards.listed import Listed
from tests.page import sign_in

DAY = date(2026, 11, 24)
HINT = "platform.msn"


def everything(cast: Cast) -> dict[str, str]:
    """Something for every id; versions first, because others hang on them."""
    return {name: str(make(cast)) for name, make in ROWS.items()}


def address(app: Flask, line: Listed, values: dict[str, str]) -> str:
    """A line's address with these ids."""
    return app.url_map.bind("localhost").build(
        line.endpoint, {n: values[n] for n in names(app, line)}
    )


def address_in(app: Flask, cast: Cast, line: Listed) -> str:
    """A line's address with ids that are made for it."""
    asked = names(app, line)
    unknown = asked - set(ROWS)
    assert not unknown, f"say in ROWS of tests/guards/rows.py how to make something for {unknown}"
    NEEDED.get(line.endpoint, lambda _cast: None)(cast)
    values = {name: str(make(cast)) for name, make in ROWS.items() if name in asked}
    return address(app, line, values)


def names(app: Flask, line: Listed) -> set[str]:
    """The arguments of a line's address."""
    [rule] = [r for r in app.url_map.iter_rules(line.endpoint) if r.rule == line.rule]
    return set(rule.arguments)


def _added(row: Base) -> object:
    with writing():
        db.session.add(row)
        db.session.flush()
        return row.id  # type: ignore[attr-defined]


def _account(cast: Cast) -> object:
    account = _added(
        Account(setting_id=cast.bluebells.id, platform="Facebook", handle="Bluebells", since=DAY)
    )
    ids = {"setting_id": cast.bluebells.id, "account_id": account, "person_id": cast.sian.id}
    _added(Monitor(**ids, since=DAY))
    return account


def _dismissal(cast: Cast) -> object:
    version = cast.version
    hint = health_of(version.setting_id, version, version.agreement_id).open_hint(HINT)
    assert hint is not None
    dismiss(version, hint, "It stands there as an example.", cast.alice.id)
    return dismissals_of(version.setting_id, version.agreement_id)[0].id


def _draft(cast: Cast) -> object:
    incoming = bring_in("phones.txt", b"Phones\n\nPhones stay in the lockers.")
    edition = edition_from(incoming, "Phones", None)
    return begin_draft(cast.bluebells.id, edition, cast.alice.id, source=incoming.to_dict()).id


def _feed_key(cast: Cast) -> object:
    new_feed_key(cast.bluebells.id, cast.alice.id, names=False)
    return feed_keys(cast.bluebells.id)[0][0].id


def _newer_version(cast: Cast) -> object:
    older = cast.version.id
    publish_next(text="# Phones\n\nMSN Messenger stays in the lockers.")
    return older


def _logo(cast: Cast) -> object:
    with writing():
        cast.bluebells.logo = b"a picture"


def _pause(cast: Cast) -> object:
    ids = {"setting_id": cast.bluebells.id, "person_id": cast.sian.id, "tablet_id": cast.tablet.id}
    return _added(Pause(id=new_id(), kind="talk_first", **ids))


def _signing(cast: Cast) -> object:
    body = signing_body(cast.version.id, declaration={"kind": "other", "note": "Something."})
    body |= {"person_id": str(cast.sian.id), "person": None}
    return sign(cast.tablet, new_id(), body, clock.now(), None).record_id


def _declaration(cast: Cast) -> object:
    _signing(cast)
    return told_of(cast.bluebells.id)[0].declaration.id


def _contact(cast: Cast) -> object:
    return _added(
        Contact(setting_id=cast.bluebells.id, kind="dsl", name="Margaret Pugh", checked_on=DAY)
    )


def _invitation(cast: Cast) -> object:
    return invite(cast.bluebells.id, "pugh@example.org", ["chair"], None, cast.alice.id)[0]


def _hold(cast: Cast) -> object:
    ids = (cast.bluebells.id, cast.sian.id, cast.alice.id)
    hold(*ids, DAY, None, "A letter from the council.")
    return db.session.scalars(of(cast.bluebells.id, Hold)).one().id


def _import(cast: Cast) -> object:
    cells = Cells([["Name", "Category"], ["Margaret Pugh", "Volunteer"]], [1, 2])
    return begin(cast.bluebells.id, cast.alice.id, cells)


def _organisation(cast: Cast) -> object:
    return _added(
        Organisation(setting_id=cast.bluebells.id, name="Bright Staff", name_key="bright staff")
    )


def _other_person(cast: Cast) -> object:
    with writing():
        return add_person(
            cast.bluebells.id,
            full_name="Siân Llewelyn",
            category="volunteer",
            organisation=None,
            since=DAY,
        ).id


def _passkey(cast: Cast) -> object:
    return _added(
        Passkey(
            manager_id=cast.alice.id,
            name="Alice's phone",
            credential_id=b"a credential",
            public_key=b"a key",
            sign_count=0,
        )
    )


def _holiday(cast: Cast) -> object:
    days = {"first_day": DAY, "last_day": DAY}
    return _added(Holiday(setting_id=cast.bluebells.id, name="Half-term", **days))


def _scan(cast: Cast) -> UUID:
    paper = Paper(cast.sian.id, cast.version.id, clock.today("Europe/London"), None)
    photograph = Photograph(number=1, jpeg=b"a picture", sent_sha256="0" * 64)
    return begin_scan(cast.bluebells.id, cast.alice.id, paper, [photograph])


def _photograph(cast: Cast) -> object:
    return photographs_of(cast.bluebells.id, _scan(cast))[0].id


ROWS: dict[str, Callable[[Cast], object]] = {
    "older_id": _newer_version,
    "version_id": lambda cast: cast.version.id,
    "account_id": _account,
    "contact_id": _contact,
    "declaration_id": _declaration,
    "device_id": lambda cast: sign_in(current_app.test_client(), cast.alice).id,
    "dismissal_id": _dismissal,
    "draft_id": _draft,
    "hint_key": lambda cast: HINT,
    "hold_id": _hold,
    "holiday_id": _holiday,
    "import_id": _import,
    "invitation_id": _invitation,
    "key_id": _feed_key,
    "manager_id": lambda cast: cast.bob.id,
    "membership_id": lambda cast: memberships_now(cast.bob.id)[0].id,
    "organisation_id": _organisation,
    "other_id": _other_person,
    "passkey_id": _passkey,
    "pause_id": _pause,
    "person_id": lambda cast: cast.sian.id,
    "photograph_id": _photograph,
    "scan_id": _scan,
    "signing_id": _signing,
    "stage": lambda cast: "overdue",
    "tablet_id": lambda cast: cast.tablet.id,
}
# What a page without such an id in its address needs before it opens.
NEEDED: dict[str, Callable[[Cast], object]] = {
    "manager.changes_before": _newer_version,
    "manager.logo": _logo,
}
