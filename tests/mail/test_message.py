"""What a letter becomes, and what the mailers that need no server do with it."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from backends.mail import MailLater, MailRefused, MemoryMailer, mailer_for
from backends.mail.console import ConsoleMailer
from backends.mail.letter import message_of
from backends.mail.none import NoMailer
from backends.mail.smtp import SmtpMailer
from tests.mail.test_smtp import FROM, letter


def parsed(**changes: object) -> EmailMessage:
    """A letter as a mailbox reads it."""
    made = message_of(replace(letter(), **changes), FROM)  # type: ignore[arg-type]
    return message_from_bytes(made.as_bytes(), policy=default)  # type: ignore[return-value]


def test_words_in_any_script_arrive_as_they_are() -> None:
    message = parsed(sender_name="Ysgol Tŷ Gwyn “Cŵn”", subject="Ysgol Tŷ: amser", text="ليلى\n")
    assert message["From"].addresses[0].display_name == "Ysgol Tŷ Gwyn “Cŵn”"
    assert message["Subject"] == "Ysgol Tŷ: amser"
    text = message.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == ["ليلى"]


def test_every_line_passes_a_server_of_seven_bits() -> None:
    raw = message_of(replace(letter(), text="ŵ" * 2000), FROM).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 998


def test_a_copy_is_attached() -> None:
    message = parsed(pdf=b"%PDF-1.7", pdf_name="2026-11-24_volunteer_CODE.pdf")
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "2026-11-24_volunteer_CODE.pdf"
    assert attached.get_content() == b"%PDF-1.7"


@pytest.mark.parametrize("field", ["subject", "sender_name"])
def test_no_line_break_reaches_a_header(field: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)header|CR|newline|invalid"):
        message_of(replace(letter(), **{field: "Hello\r\nBcc: all@example.org"}), FROM).as_bytes()


def test_an_address_in_letters_of_another_script() -> None:
    assert parsed(to="office@ysgol-tŷ.example")["To"] == "office@xn--ysgol-t-xvb.example"
    with pytest.raises(MailRefused, match="letters that mail cannot"):
        parsed(to="siân@example.org")


@pytest.mark.parametrize("to", ["", "nobody", "a b@example.org", "a@b\r\nBcc: c@d", "@"])
def test_what_is_no_address(to: str) -> None:
    with pytest.raises(MailRefused):
        parsed(to=to)


def test_the_url_chooses() -> None:
    assert isinstance(mailer_for("", ""), NoMailer)
    assert isinstance(mailer_for("console:", ""), ConsoleMailer)
    for url in ("smtp://user:password@mail.example.org", "smtps://mail.example.org:465"):
        assert isinstance(mailer_for(url, FROM), SmtpMailer)


def test_without_a_server_letters_wait() -> None:
    nowhere = mailer_for("", "")
    nowhere.check()
    assert not nowhere.sends
    with pytest.raises(MailLater, match="No mail server is set"):
        nowhere.send(letter())


def test_on_the_terminal_it_is_printed_and_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = mailer_for("console:", "")
    terminal.check()
    assert terminal.send(replace(letter(), pdf=b"%PDF")) == "printed"
    shown = capsys.readouterr().out
    for words in ("reader@example.org", "time to sign again", "Hello,", "4 bytes"):
        assert words in shown


def test_in_memory_it_is_kept() -> None:
    kept = MemoryMailer()
    kept.check()
    assert kept.send(letter()) == "sent"
    assert kept.letters == [letter()]
