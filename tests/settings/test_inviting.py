"""The letter of an invitation: to the address, with the link, and nothing of it in the subject."""

from uuid import UUID

import pytest

from settings.inviting import invite, offer_letter, token_of, withdraw
from tests.cast import Cast
from tests.mail.fixtures import Mail
from tests.mail.fixtures import mail as mail


@pytest.fixture
def invited(cast: Cast, mail: Mail) -> UUID:
    """A chair is invited and a letter offered."""
    mail.leaves()
    one, _token = invite(cast.bluebells.id, "pugh@example.org", ["chair"], None, cast.alice.id)
    offer_letter(cast.bluebells.id, one)
    return one


def test_it_holds_the_link_and_the_day(cast: Cast, mail: Mail, invited: UUID) -> None:
    mail.leaves()
    letter = mail.newest
    assert (letter.to, letter.subject) == ("pugh@example.org", "Bluebells: an invitation")
    address = f"https://sign.example.org/invitations/{token_of(cast.bluebells.id, invited)}"
    for part in (letter.text, letter.html):
        assert address in part
        assert "It works once, until " in part


def test_it_is_sent_once(cast: Cast, mail: Mail, invited: UUID) -> None:
    offer_letter(cast.bluebells.id, invited)
    assert mail.leaves() == {"sent": 1}


def test_not_after_it_was_withdrawn(cast: Cast, mail: Mail, invited: UUID) -> None:
    withdraw(cast.bluebells.id, invited, cast.alice.id)
    assert mail.leaves() == {"not needed any more": 1}
