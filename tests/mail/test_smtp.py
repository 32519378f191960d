"""A real mail server that is down, slow, picky, or dies at the worst moment."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from backends.mail import Letter, MailLater, MailRefused, MailUnsure
from backends.mail.smtp import SmtpMailer
from tests.mail.office import PASSWORD, USER, Held, PostOffice, closed_port, open_office

FROM = "Bluebells Pre-School <office@bluebells.example.org>"
TO = "reader@example.org"


def letter(to: str = TO) -> Letter:
    return Letter(
        key="0197f3c2-0000-7000-8000-000000000000",
        sender_name="Bluebells",
        to=to,
        subject="Bluebells: time to sign again",
        text="Hello,\n\n.a line that begins with a full stop\n",
        html="<p>Hello,</p>",
        written_at=datetime(2026, 11, 24, 9, tzinfo=UTC),
    )


def mailer(office: PostOffice, login: str = "") -> SmtpMailer:
    return SmtpMailer(office.url.replace("//", f"//{login}"), FROM)


def test_a_letter_arrives_whole(office: PostOffice) -> None:
    assert mailer(office).send(letter()) == "sent"
    ((to, _data),) = office.taken
    (arrived,) = office.letters()
    assert to == TO
    assert arrived["From"] == "Bluebells <office@bluebells.example.org>"
    assert arrived["Message-ID"] == "<0197f3c2-0000-7000-8000-000000000000@bluebells.example.org>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    text = arrived.get_body(("plain",))
    assert text is not None
    assert ".a line that begins with a full stop" in text.get_content().splitlines()


def test_a_server_that_is_away(office: PostOffice) -> None:
    gone = SmtpMailer(f"smtp://127.0.0.1:{closed_port()}", FROM)
    with pytest.raises(MailLater, match="cannot be reached") as caught:
        gone.send(letter())
    assert not isinstance(caught.value, MailUnsure)
    with pytest.raises(MailLater, match="cannot be reached"):
        gone.check()


def test_an_address_that_is_refused(office: PostOffice) -> None:
    office.answer_rcpt = {TO: "550 5.1.1 There is no reader@example.org here"}
    with pytest.raises(MailRefused, match=r"^The mail server refused this address \(550\)\.$"):
        mailer(office).send(letter())
    assert mailer(office).send(letter("another@example.org")) == "sent"
    assert [to for to, _ in office.taken] == ["another@example.org"]


def test_greylisting(office: PostOffice) -> None:
    office.answer_rcpt = {TO: "451 4.7.1 Greylisted, come back in five minutes"}
    with pytest.raises(MailLater, match=r"come back later \(451\)"):
        mailer(office).send(letter())
    office.answer_rcpt = {}
    assert mailer(office).send(letter()) == "sent"


@pytest.mark.parametrize("answer", ["452 Too many letters", "451 Not just now"])
def test_a_temporary_no_after_the_letter_is_a_plain_no(office: PostOffice, answer: str) -> None:
    office.answer_data = lambda: answer
    with pytest.raises(MailLater) as caught:
        mailer(office).send(letter())
    assert not isinstance(caught.value, MailUnsure)


def test_a_letter_that_is_refused(office: PostOffice) -> None:
    office.answer_data = lambda: "554 Looks like spam"
    with pytest.raises(MailRefused, match="refused this letter"):
        mailer(office).send(letter())


@pytest.mark.parametrize("where", ["sender", "address"])
def test_a_server_that_will_not_send_for_us_is_our_fault_and_not_the_readers(
    office: PostOffice, where: str
) -> None:
    if where == "sender":
        office.answer_sender = "550 Unknown sender"
    else:
        office.answer_rcpt = {TO: "550 5.7.1 Relaying denied"}
    with pytest.raises(MailLater, match=r"will not send for us \(550\)"):
        mailer(office).send(letter())


def test_dying_between_the_letter_and_the_answer(office: PostOffice) -> None:
    office.answer_data = lambda: None
    with pytest.raises(MailUnsure, match="broke off"):
        mailer(office).send(letter())
    assert len(office.taken) == 1


def test_a_server_that_is_too_slow(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backends.mail.smtp.TIMEOUT_SECONDS", 0.3)
    held = Held()
    office.before_answer = held.hold
    try:
        with pytest.raises(MailUnsure):
            mailer(office).send(letter())
    finally:
        held.let_go()


class TestPassword:
    """A server that asks who we are."""

    @pytest.fixture
    def office(self) -> Iterator[PostOffice]:
        with open_office(password=True) as opened:
            yield opened

    def test_the_right_one(self, office: PostOffice) -> None:
        right = mailer(office, f"{USER}:{PASSWORD.replace(' ', '%20')}@")
        right.check()
        assert right.send(letter()) == "sent"

    def test_one_that_stopped_working(self, office: PostOffice) -> None:
        wrong = mailer(office, f"{USER}:hush@")
        for act in (wrong.check, lambda: wrong.send(letter())):
            with pytest.raises(MailLater, match="does not accept our user name") as caught:
                act()
            assert "hush" not in str(caught.value)

    def test_none_where_one_is_asked_for(self, office: PostOffice) -> None:
        with pytest.raises(MailLater, match="does not accept our user name"):
            mailer(office).send(letter())

    def test_is_not_sent_in_the_clear_to_another_machine(
        self, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("backends.mail.smtp.is_loopback", lambda host: False)
        with pytest.raises(MailLater, match="offers no encryption"):
            mailer(office, f"{USER}:hush@").send(letter())


class TestEncryption:
    """A server with a certificate."""

    @pytest.fixture
    def certificate(self, tmp_path: Path) -> Path:
        return _certificate(tmp_path, "127.0.0.1")

    @pytest.fixture
    def context(self, certificate: Path) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        return context

    @pytest.fixture
    def office(self, context: ssl.SSLContext) -> Iterator[PostOffice]:
        with open_office(tls=context) as opened:
            yield opened

    def test_encrypted_from_the_start(
        self, context: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with open_office(tls_from_start=context) as office:
            safe = SmtpMailer(office.url.replace("smtp:", "smtps:"), FROM)
            safe.check()
            assert safe.send(letter()) == "sent"

    def test_starttls_where_it_is_offered(
        self, office: PostOffice, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert mailer(office).send(letter()) == "sent"

    def test_a_certificate_that_nobody_vouches_for(self, office: PostOffice) -> None:
        with pytest.raises(MailLater, match="certificate"):
            mailer(office).send(letter())
        assert office.taken == []


def _certificate(folder: Path, address: str) -> Path:
    """A key and a certificate that vouches for itself, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "mail.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path
