"""Codes of an app and codes on paper: each opens once, at its time, and for its own manager."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from passlib.totp import TOTP

from extensions import db
from models.authenticators import (
    Authenticator,
    CodeNotRight,
    address_of,
    authenticator_of,
    spelled,
    waiting_authenticator,
)
from models.events import Event, check_history
from models.managers import Membership
from models.recovery_codes import HOW_MANY, RecoveryCode, codes_left
from models.second_steps import has_second_step, second_step_by, ways_of
from models.writing import writing
from settings.second_steps import (
    ask_for_second_step,
    begin_app,
    code_fits,
    confirm_app,
    make_recovery_codes,
    recovery_code_fits,
    remove_app,
)
from tests.cast import Cast
from tests.second_steps import code_of, with_app

# Later than the day on which the cast was brought in.
NOW = datetime(2031, 11, 24, 8, 47, 10, tzinfo=UTC)
At = Callable[[int], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Let it be so many seconds after NOW."""

    def to(seconds: int) -> None:
        monkeypatch.setattr("clock.now", lambda: NOW + timedelta(seconds=seconds))

    to(0)
    return to


@pytest.fixture
def secret(cast: Cast, at: At) -> bytes:
    """What Alice's app holds; it counts since a minute ago."""
    begin_app(cast.alice.id)
    waits = waiting_authenticator(cast.alice.id)
    assert waits is not None
    at(-90)
    confirm_app(waits, code(waits.secret, -90))
    at(0)
    return waits.secret


def code(secret: bytes, seconds: int) -> str:
    """What an app shows so many seconds after NOW."""
    moment = NOW + timedelta(seconds=seconds)
    return str(TOTP(key=secret, format="raw").generate(moment).token)


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, shortened to six digits: every app agrees."""
    known = b"12345678901234567890"
    for seconds, token in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        assert TOTP(key=known, format="raw").generate(seconds).token == token
    assert spelled(known) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    address = address_of(known, "alice@example.org")
    assert address.startswith("otpauth://totp/Fingerpost:alice@example.org?secret=GEZD")
    assert "issuer=Fingerpost" in address


def test_the_secret_is_never_in_the_clear(cast: Cast, secret: bytes) -> None:
    held = authenticator_of(cast.alice.id)
    assert held is not None
    assert secret not in held.wrapped_secret
    assert held.secret == secret


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_half_a_minute_either_way_is_fine(cast: Cast, secret: bytes, seconds: int) -> None:
    code_fits(cast.alice.id, code(secret, seconds))


@pytest.mark.parametrize("seconds", [-61, 61])
def test_more_is_not(cast: Cast, secret: bytes, seconds: int) -> None:
    with pytest.raises(CodeNotRight):
        code_fits(cast.alice.id, code(secret, seconds))


def test_spaces_are_fine(cast: Cast, secret: bytes) -> None:
    digits = code(secret, 0)
    code_fits(cast.alice.id, f"{digits[:3]} {digits[3:]}")


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\0"])
def test_what_is_no_code(cast: Cast, secret: bytes, typed: str) -> None:
    with pytest.raises(CodeNotRight):
        code_fits(cast.alice.id, typed)


def test_a_code_opens_once_and_older_ones_not_at_all(cast: Cast, secret: bytes, at: At) -> None:
    code_fits(cast.alice.id, code(secret, 30))
    for seconds in (30, 0, -30):
        with pytest.raises(CodeNotRight):
            code_fits(cast.alice.id, code(secret, seconds))
    at(31)
    code_fits(cast.alice.id, code(secret, 60))


def test_the_code_that_confirmed_the_app_is_used_up(cast: Cast, at: At) -> None:
    begin_app(cast.alice.id)
    waits = waiting_authenticator(cast.alice.id)
    assert waits is not None
    confirm_app(waits, code(waits.secret, 0))
    with pytest.raises(CodeNotRight):
        code_fits(cast.alice.id, code(waits.secret, 0))


def test_an_app_counts_only_when_a_code_came_back(cast: Cast, at: At) -> None:
    begin_app(cast.alice.id)
    waits = waiting_authenticator(cast.alice.id)
    assert waits is not None
    assert not has_second_step(cast.alice.id)
    with pytest.raises(CodeNotRight):
        code_fits(cast.alice.id, code(waits.secret, 0))
    with pytest.raises(CodeNotRight):
        confirm_app(waits, "000000" if code(waits.secret, 0) != "000000" else "000001")
    assert authenticator_of(cast.alice.id) is None
    begin_app(cast.alice.id)
    again = waiting_authenticator(cast.alice.id)
    assert again is not None
    assert again.secret != waits.secret


def test_beginning_again_leaves_an_app_that_counts_alone(cast: Cast, secret: bytes) -> None:
    begin_app(cast.alice.id)
    assert waiting_authenticator(cast.alice.id) is None
    code_fits(cast.alice.id, code(secret, 0))


def test_nobody_elses_code(cast: Cast, secret: bytes) -> None:
    with pytest.raises(CodeNotRight):
        code_fits(cast.bob.id, code(secret, 0))


def test_one_that_was_removed_opens_nothing(cast: Cast, secret: bytes) -> None:
    held = authenticator_of(cast.alice.id)
    assert held is not None
    remove_app(held)
    with pytest.raises(CodeNotRight):
        code_fits(cast.alice.id, code(secret, 0))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Authenticator)) == 0
    assert kinds() == ["second_step.added", "second_step.removed"]


def test_recovery_codes_open_once_each(cast: Cast) -> None:
    codes = make_recovery_codes(cast.alice.id)
    assert len(set(codes)) == codes_left(cast.alice.id) == HOW_MANY
    recovery_code_fits(cast.alice.id, codes[0])
    recovery_code_fits(cast.alice.id, codes[1].lower().replace("-", " "))
    for used in codes[:2]:
        with pytest.raises(CodeNotRight):
            recovery_code_fits(cast.alice.id, used)
    with pytest.raises(CodeNotRight):
        recovery_code_fits(cast.bob.id, codes[2])
    assert ways_of(cast.alice.id).codes == HOW_MANY - 2
    assert kinds() == ["recovery_codes.made", "recovery_codes.used", "recovery_codes.used"]
    assert check_history(cast.bluebells.id).faults == []


def test_only_hashes_of_recovery_codes_are_kept(cast: Cast) -> None:
    codes = make_recovery_codes(cast.alice.id)
    for row in db.session.scalars(sa.select(RecoveryCode)):
        assert not any(one.replace("-", "") in row.code_hash.upper() for one in codes)


def test_new_recovery_codes_end_the_old_ones(cast: Cast) -> None:
    old = make_recovery_codes(cast.alice.id)
    make_recovery_codes(cast.alice.id)
    with pytest.raises(CodeNotRight):
        recovery_code_fits(cast.alice.id, old[0])
    assert codes_left(cast.alice.id) == HOW_MANY


def test_look_alikes_are_understood(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.choice", lambda _letters: "0")
    monkeypatch.setattr("models.recovery_codes.HOW_MANY", 1)
    make_recovery_codes(cast.alice.id)
    recovery_code_fits(cast.alice.id, "OOOO-oooo-0000")


def test_by_when_a_second_step_is_asked_for(cast: Cast) -> None:
    setting, bob = cast.bluebells, cast.bob
    assert second_step_by(setting, bob.id) is None
    with writing():
        for held in db.session.scalars(sa.select(Membership)):
            held.since = date(2026, 1, 1)
    ask_for_second_step(setting.id, bob.id, date(2026, 3, 1))
    assert second_step_by(setting, bob.id) == date(2026, 3, 15)
    with writing():
        for held in db.session.scalars(sa.select(Membership)):
            held.since = date(2026, 6, 1)
    assert second_step_by(setting, bob.id) == date(2026, 6, 15)


def test_whoever_has_one_is_asked_nothing(cast: Cast, secret: bytes) -> None:
    ask_for_second_step(cast.bluebells.id, cast.alice.id, date(2020, 1, 1))
    assert second_step_by(cast.bluebells, cast.alice.id) is None
    assert second_step_by(cast.bluebells, cast.bob.id) is not None


def kinds() -> list[str]:
    """What the history tells of second steps."""
    rows = sa.select(Event.kind).order_by(Event.sequence)
    wanted = ("second_step.", "recovery_codes.")
    return [kind for kind in db.session.scalars(rows) if kind.startswith(wanted)]


def test_of_two_who_come_at_once_with_one_code_one_gets_in(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    with app.app_context():
        manager_id = Cast().alice.id
        secret = with_app(Cast().alice)
        paper = make_recovery_codes(manager_id)[0]
        db.session.remove()
    shown = code_of(secret)

    def comes(try_: Callable[[], None]) -> bool:
        with app.app_context():
            try:
                try_()
            except CodeNotRight:
                return False
            return True

    tries = [lambda: code_fits(manager_id, shown), lambda: recovery_code_fits(manager_id, paper)]
    for one in tries:
        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(comes, [one] * 4)) == [False, False, False, True]
