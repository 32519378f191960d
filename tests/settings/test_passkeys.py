"""Passkeys against a device that answers rightly, and against all that is not quite right."""

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clock
from backends.passkeys import LONGEST_ANSWER, Answer, Party, PasskeyNotRight, checked_passkey
from extensions import db
from models.events import Event
from models.passkeys import Challenge, passkeys_of
from models.writing import writing
from settings.passkeys import add_passkey, ask_for_any, ask_for_new, remove_passkey, whose_passkey
from tests.cast import Cast
from tests.device import PRESENT, Device

HERE = Party("localhost", "http://localhost")


@pytest.fixture
def device(cast: Cast) -> Device:
    """Alice's phone, whose passkey is on file."""
    made = Device()
    _make(cast, made)
    return made


def _make(cast: Cast, device: Device) -> None:
    challenge, options = ask_for_new(cast.alice, HERE)
    add_passkey(cast.alice.id, "My phone", device.makes(options), challenge, HERE)


def _use(device: Device, **changes: Any) -> str:
    challenge, options = ask_for_any(HERE)
    for name, value in changes.items():
        setattr(device, name, value)
    return whose_passkey(device.uses(options), challenge, HERE).email


def test_a_passkey_says_whose_it_is(cast: Cast, device: Device) -> None:
    assert _use(device) == "alice@example.org"
    (held,) = passkeys_of(cast.alice.id)
    assert (held.name, held.sign_count) == ("My phone", 0)
    assert held.last_used_at is not None


def test_what_the_browser_is_asked(cast: Cast, device: Device) -> None:
    _challenge, options = ask_for_new(cast.alice, HERE)
    assert options["rp"] == {"id": "localhost", "name": "Fingerpost"}
    assert options["user"]["name"] == "alice@example.org"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert len(options["excludeCredentials"]) == 1
    assert ask_for_any(HERE)[1]["userVerification"] == "required"


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://localhost"},
        {"origin": "http://localhost:8000"},
        {"origin": "http://evil.example"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"flags": 0},
    ],
)
def test_nothing_else_makes_one(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(PasskeyNotRight):
        _make(cast, Device(**wrong))
    assert passkeys_of(cast.alice.id) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://evil.example"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"credential_id": b"never seen before"},
        {"handle": b"somebody else"},
        {"key": Device().key},
    ],
)
def test_nothing_else_opens(cast: Cast, device: Device, wrong: dict[str, Any]) -> None:
    with pytest.raises(PasskeyNotRight):
        _use(device, **wrong)
    assert passkeys_of(cast.alice.id)[0].last_used_at is None


def test_a_count_that_stands_still_is_a_copy(device: Device) -> None:
    _use(device, count=5)
    with pytest.raises(PasskeyNotRight):
        _use(device, count=5)
    with pytest.raises(PasskeyNotRight):
        _use(device, count=4)
    assert _use(device, count=6)


def test_a_challenge_is_answered_once(device: Device) -> None:
    challenge, options = ask_for_any(HERE)
    answer = device.uses(options)
    whose_passkey(answer, challenge, HERE)
    with pytest.raises(PasskeyNotRight):
        whose_passkey(answer, challenge, HERE)


def test_a_wrong_answer_uses_the_challenge_up_as_well(device: Device) -> None:
    challenge, options = ask_for_any(HERE)
    with pytest.raises(PasskeyNotRight):
        whose_passkey("{}", challenge, HERE)
    with pytest.raises(PasskeyNotRight):
        whose_passkey(device.uses(options), challenge, HERE)


def test_a_challenge_of_ours_and_no_other(device: Device) -> None:
    _challenge, options = ask_for_any(HERE)
    with pytest.raises(PasskeyNotRight):
        whose_passkey(device.uses(options), b"", HERE)
    mine, _options = ask_for_any(HERE)
    with pytest.raises(PasskeyNotRight):
        whose_passkey(device.uses(options), mine, HERE)


def test_a_challenge_lasts_five_minutes(device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    challenge, options = ask_for_any(HERE)
    monkeypatch.setattr("clock.now", lambda: now + timedelta(minutes=5, seconds=1))
    with pytest.raises(PasskeyNotRight):
        whose_passkey(device.uses(options), challenge, HERE)
    ask_for_any(HERE)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Challenge)) == 1


def test_the_same_passkey_is_kept_once(cast: Cast, device: Device) -> None:
    challenge, options = ask_for_new(cast.charlie, HERE)
    with pytest.raises(PasskeyNotRight):
        add_passkey(cast.charlie.id, "Mine too", device.makes(options), challenge, HERE)
    assert passkeys_of(cast.charlie.id) == []


def test_one_that_was_removed_opens_nothing(cast: Cast, device: Device) -> None:
    remove_passkey(passkeys_of(cast.alice.id)[0])
    with pytest.raises(PasskeyNotRight):
        _use(device)


def test_a_login_that_was_switched_off_stays_out(cast: Cast, device: Device) -> None:
    alice = cast.alice
    with writing():
        alice.active = False
    with pytest.raises(PasskeyNotRight):
        _use(device)


def test_the_history_of_the_setting_keeps_it(cast: Cast, device: Device) -> None:
    (held,) = passkeys_of(cast.alice.id)
    passkey_id, manager_id = str(held.id), str(cast.alice.id)
    remove_passkey(held)
    rows = sa.select(Event).where(Event.kind.like("passkey.%")).order_by(Event.sequence)
    told = [(event.kind, event.setting_id, event.ids) for event in db.session.scalars(rows)]
    ids = {"manager": manager_id, "passkey": passkey_id}
    here = cast.bluebells.id
    assert told == [("passkey.added", here, ids), ("passkey.removed", here, ids)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda more: (
        st.lists(more, max_size=3) | st.dictionaries(st.text(max_size=8), more, max_size=3)
    ),
    max_leaves=8,
)
LETTERS = st.text("AZaz09-_", max_size=40)
NAMES = ("clientDataJSON", "authenticatorData", "attestationObject", "signature", "userHandle")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    answer=st.text(max_size=60)
    | JSON.map(lambda value: json.dumps(value))
    | st.fixed_dictionaries(
        {
            "id": st.just("AAAA"), "rawId": st.just("AAAA"), "type": st.just("public-key"),
            "response": st.dictionaries(st.sampled_from(NAMES), LETTERS | JSON),
        }
    ).map(lambda value: json.dumps(value))
)  # fmt: skip
def test_whatever_a_stranger_sends_is_refused(rolled_back: None, answer: str) -> None:
    for read in (Answer.read, lambda given: checked_passkey(given, b"x", HERE)):
        try:
            read(answer)
        except PasskeyNotRight:
            continue
        assert read == Answer.read


@pytest.mark.parametrize("answer", ["[" * 10_000, "{" * 9_000, "x" * (LONGEST_ANSWER + 1)])
def test_deep_or_long_answers_are_refused(rolled_back: None, answer: str) -> None:
    challenge, _options = ask_for_any(HERE)
    with pytest.raises(PasskeyNotRight):
        whose_passkey(answer, challenge, HERE)
