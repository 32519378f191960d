"""From the first question to an address until the copy arrives, or somebody says "not me"."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

import clock
from backends.mail import Letter
from backends.mail.letter import message_of
from config import Config
from extensions import db
from models.addresses import AddressCheck
from models.base import new_id
from models.events import Event
from models.outbox import OutboxItem
from models.people import Person
from models.scans import scan_of
from models.settings import of
from models.signings import record_pdf
from models.writing import writing
from outbox.errands import NOT_NEEDED, SENT
from records import scanning
from records.making import Made
from records.scanning import Paper, begin_scan, file_scan
from records.signing import Accepted, sign
from records.voiding import void
from renewals.addresses import confirm, disown, token_of
from tests.cast import Cast, signing_body
from tests.mail.fixtures import ADDRESS, Mail
from tests.mail.fixtures import mail as mail

pytestmark = pytest.mark.usefixtures("quick_press")

EMAIL = "gwen@example.org"
Signs = Callable[..., Accepted]


@pytest.fixture
def signs(cast: Cast, mail: Mail) -> Signs:
    """A newcomer signs at Bluebells' tablet, or Siân."""

    def act(email: str | None = EMAIL, person_id: UUID | None = None, **more: Any) -> Accepted:
        body = signing_body(cast.version.id, **more)
        body["person"]["email"] = email
        if person_id:
            body |= {"person_id": str(person_id), "person": None}
        return sign(cast.tablet, new_id(), body, None, None)

    return act


def kinds(cast: Cast) -> list[str]:
    """What waits in Bluebells' outbox, copies for the archive aside."""
    rows = db.session.scalars(of(cast.bluebells.id, OutboxItem).where(OutboxItem.done_at.is_(None)))
    return sorted(row.kind for row in rows if row.kind != "archive")


def the_check() -> AddressCheck:
    """The one question that was put."""
    (check,) = db.session.query(AddressCheck).all()
    return check


def the_token() -> str:
    """The token in its links."""
    return token_of(the_check().setting_id, the_check().id)


def test_the_first_letter_only_asks(cast: Cast, signs: Signs, mail: Mail) -> None:
    signs()
    assert kinds(cast) == ["confirm"]
    mail.leaves()
    (letter,) = mail.letters
    assert (letter.to, letter.pdf) == (EMAIL, None)
    assert letter.subject == "Bluebells: is this your e-mail address?"
    for personal in ("Gwen", "Llewellyn", "arent", "2026", "Policy"):
        assert personal not in letter.text + letter.html + letter.subject
    assert f"{ADDRESS}/letters/{the_token()}/mine" in letter.text
    assert f"{ADDRESS}/letters/{the_token()}/not-mine" in letter.html


def test_then_the_copy_comes(cast: Cast, signs: Signs, mail: Mail) -> None:
    signed = signs()
    mail.leaves()
    assert confirm(the_token())
    assert kinds(cast) == ["copy"]
    mail.leaves()
    letter = mail.newest
    found = record_pdf(cast.bluebells.id, signed.record_id)
    assert found is not None
    assert letter.pdf == found[2]
    assert letter.pdf_name.endswith(f"_parent_helper_{signed.code}.pdf")
    assert letter.subject == "Bluebells: your signed copy"
    assert "Hello Gwenllian," in letter.text
    assert f"{ADDRESS}/verify/{signed.code}" in letter.text
    assert f"{ADDRESS}/letters/{the_token()}/not-mine" in letter.text
    assert _attached(letter) == found[2]


def test_later_signings_send_a_copy_at_once(cast: Cast, signs: Signs, mail: Mail) -> None:
    signs()
    person_id = the_check().person_id
    confirm(the_token())
    mail.leaves()
    before = len(mail.letters)
    signs(person_id=person_id)
    assert mail.leaves()[SENT] == 1
    assert len(mail.letters) == before + 1
    assert mail.newest.pdf


def test_the_copy_of_a_paper_says_that_it_was_on_paper(
    cast: Cast, signs: Signs, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    signs()
    person_id = the_check().person_id
    confirm(the_token())
    mail.leaves()
    assert "signed on paper" not in mail.newest.text
    made = Made(None, b"pages", "0f" * 32, 5)
    monkeypatch.setattr(scanning, "make_of_paper", lambda *_asked: made)
    paper = Paper(person_id, cast.version.id, clock.today("Europe/London"), None)
    scan_id = begin_scan(cast.bluebells.id, cast.bob.id, paper, [])
    scan = scan_of(cast.bluebells.id, scan_id)
    assert scan is not None
    file_scan(cast.bluebells, scan, cast.bob, None)
    assert mail.leaves()[SENT] == 1
    for words in (mail.newest.text, " ".join(mail.newest.html.split())):
        assert "signed on paper on" in words
        assert "and filed later as a scan." in words


def test_saying_yes_twice_sends_one_copy(cast: Cast, signs: Signs, mail: Mail) -> None:
    signs()
    token = the_token()
    assert confirm(token)
    assert confirm(token)
    mail.leaves()
    assert len([letter for letter in mail.letters if letter.pdf]) == 1
    assert _events(cast).count("address.confirmed") == 1


def test_an_unconfirmed_address_is_asked_once(cast: Cast, signs: Signs, mail: Mail) -> None:
    signs()
    mail.leaves()
    signs(person_id=the_check().person_id)
    assert kinds(cast) == []


def test_not_me_ends_everything(cast: Cast, signs: Signs, mail: Mail) -> None:
    signs()
    token, person_id = the_token(), the_check().person_id
    confirm(token)
    disown(token)
    disown(token)
    # The copy was queued before; it does not leave any more.
    assert mail.leaves() == {NOT_NEEDED: 2, "kept": 1}
    signs(person_id=person_id)
    assert kinds(cast) == []
    assert not confirm(token)
    assert _events(cast).count("address.disowned") == 1


def test_the_copy_of_a_voided_record_is_not_sent(cast: Cast, signs: Signs, mail: Mail) -> None:
    signed = signs()
    mail.leaves()
    confirm(the_token())
    void(cast.bluebells.id, signed.record_id, cast.bob.id, "The wrong name was picked.")
    assert mail.leaves() == {NOT_NEEDED: 1}


def test_nor_is_it_queued_for_an_address_confirmed_later(
    cast: Cast, signs: Signs, mail: Mail
) -> None:
    signed = signs()
    mail.leaves()
    void(cast.bluebells.id, signed.record_id, cast.bob.id, "The wrong name was picked.")
    confirm(the_token())
    assert kinds(cast) == []


def test_another_address_of_the_same_person_is_asked_again(
    cast: Cast, signs: Signs, mail: Mail
) -> None:
    signs()
    disown(the_token())
    person_id = the_check().person_id
    with writing():
        db.session.get_one(Person, person_id).email = "new@example.org"
    signs(person_id=person_id)
    mail.leaves()
    assert [letter.to for letter in mail.letters] == ["new@example.org"]


def test_an_address_that_was_changed_meanwhile_is_not_asked(
    cast: Cast, signs: Signs, mail: Mail
) -> None:
    signs()
    with writing():
        db.session.get_one(Person, the_check().person_id).email = "new@example.org"
    assert mail.leaves()[NOT_NEEDED] == 1
    assert mail.letters == []


def test_who_has_no_address_gets_no_letter(cast: Cast, signs: Signs) -> None:
    signs(email=None)
    signs(person_id=cast.sian.id)
    assert kinds(cast) == []


@pytest.mark.parametrize("missing", ["mail server", "address of our own"])
def test_without_mail_no_rows_of_mail(
    cast: Cast,
    signs: Signs,
    mail: Mail,
    monkeypatch: pytest.MonkeyPatch,
    config: Config,
    missing: str,
) -> None:
    if missing == "mail server":
        monkeypatch.setattr(mail.mailer, "sends", False)
    else:
        mail.unplug(monkeypatch, config)
    signs()
    assert kinds(cast) == []
    assert db.session.query(AddressCheck).all() == []


def test_a_namesakes_address_is_not_taken_over(cast: Cast, signs: Signs, mail: Mail) -> None:
    """Whoever types somebody else's name at the tablet does not get that person's letters."""
    signs()
    signs(email="thief@example.org")
    mail.leaves()
    assert {letter.to for letter in mail.letters} == {EMAIL}


def test_the_database_alone_opens_no_link(cast: Cast, signs: Signs) -> None:
    signs()
    check = the_check()
    assert the_token() not in (check.token_hash, str(check.id))
    assert len(the_token()) == 22


def _events(cast: Cast) -> list[str]:
    return [event.kind for event in db.session.scalars(of(cast.bluebells.id, Event))]


def _attached(letter: Letter) -> bytes:
    message: EmailMessage = message_of(letter, "office@example.org")
    (attachment,) = message.iter_attachments()
    content = attachment.get_content()  # type: ignore[attr-defined]
    assert isinstance(content, bytes)
    return content
