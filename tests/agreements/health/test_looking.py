"""The user's own document gets the hints it needs; a well-kept text gets none."""

import time

import pytest

from agreements.health import WEIGHTS, hints
from agreements.health.looking import look
from agreements.starter import starter_edition
from models.writing import writing
from settings.contacts import add_contact
from tests.agreements.health.subjects import TODAY, WELL_KEPT, keys, subject
from tests.cast import Cast

ON_THE_SEED = {
    "the Data Protection Act 1998": ("act.data-protection-1998", "Data Protection Act 1998"),
    "the Act of 1988 that is of 1978": (
        "act.protection-of-children-1988", "Protection of children act 1988",
    ),
    "the orphan “the above”": ("signoff.above", "the above"),
    "no date, version or review": ("text.undated", None),
    "nobody adopted it": ("adoption.none", None),
    "companions not in the library": ("companions.missing", "Equality policy"),
    "MSN": ("platform.msn", "MSN"),
    "Twitter": ("platform.twitter", "Twitter"),
    "no TikTok, AI or watches": ("platform.newer", None),
    "guidance of 2018": ("guidance.safer-working-practice", "safer working practice 2018"),
    "three thresholds instead of four": ("guidance.four-thresholds", "would pose a risk of harm"),
    "no card for the safeguarding lead": ("contacts.dsl", None),
    "no card for the LADO": ("contacts.lado", None),
    "hard to read": ("text.hard", None),
}  # fmt: skip


@pytest.mark.parametrize(("key", "words"), ON_THE_SEED.values(), ids=ON_THE_SEED.keys())
def test_the_users_document_gets_a_hint_about(cast: Cast, key: str, words: str | None) -> None:
    [hint] = [h for h in hints(cast.bluebells.id, cast.version) if h.key == key]
    quoted = [where.words for where in hint.where]
    assert words in quoted if words else hint.sentence


def test_the_users_document_is_left_word_for_word(cast: Cast) -> None:
    before = cast.version.text
    hints(cast.bluebells.id, cast.version)
    assert cast.version.text == before == starter_edition().text


def test_a_quote_says_under_which_heading_it_stands(cast: Cast) -> None:
    found = {hint.key: hint for hint in hints(cast.bluebells.id, cast.version)}
    assert found["act.data-protection-1998"].quotes == [("Data Protection Act 1998", "Legislation")]


def test_in_force_acts_of_the_users_document_are_left_in_peace(cast: Cast) -> None:
    quoted = " ".join(
        where.words for hint in hints(cast.bluebells.id, cast.version) for where in hint.where
        if hint.key.startswith("act.")
    )  # fmt: skip
    assert not {"Computer", "Human", "Equality"} & set(quoted.split())


def test_a_well_kept_text_is_left_in_peace() -> None:
    assert keys(WELL_KEPT) == []


def test_a_sun_cream_policy_is_left_in_peace() -> None:
    text = "Put sun cream on before we go out.\n\n## Legislation\n\n- Equality Act 2010"
    assert keys(text, title="Sun cream policy", library=("Sun cream policy",)) == []


def test_a_draft_is_looked_at_too_and_need_not_be_adopted_yet(cast: Cast) -> None:
    found = [hint.key for hint in hints(cast.bluebells.id, starter_edition())]
    assert "act.data-protection-1998" in found
    assert "adoption.none" not in found


def test_another_settings_cards_and_library_do_not_count(cast: Cast) -> None:
    answers = {"kind": "dsl", "name": "Owls’ lead", "phone": "1", "email": None}
    add_contact(cast.owls.id, cast.charlie.id, answers, TODAY)
    assert "contacts.dsl" in [hint.key for hint in hints(cast.bluebells.id, cast.version)]


def test_a_card_answers_its_hint(cast: Cast) -> None:
    answers = {"kind": "dsl", "name": "Nia Roberts", "phone": "1", "email": None}
    add_contact(cast.bluebells.id, cast.alice.id, answers, TODAY)
    found = [hint.key for hint in hints(cast.bluebells.id, cast.version)]
    assert "contacts.dsl" not in found
    assert "contacts.lado" in found


def test_the_weightiest_come_first(cast: Cast) -> None:
    order = [list(WEIGHTS).index(hint.weight) for hint in hints(cast.bluebells.id, cast.version)]
    assert order == sorted(order)
    assert len(set(order)) == len(WEIGHTS)


def test_looking_writes_nothing(cast: Cast) -> None:
    hints(cast.bluebells.id, cast.version)
    with writing() as session:
        assert not session.dirty
        assert not session.new


@pytest.mark.parametrize(
    "words",
    [
        "and safeguarding, camera and phone, ",
        "our whistleblowing policy, ",
        "review ",
        "social media legislation ",
    ],
)
def test_a_hostile_text_is_read_once_and_not_in_every_way(words: str) -> None:
    short, long = (cost(words * times) for times in (500, 4000))
    # Eight times the text; every pair of its words would be sixty-four times.
    assert long < 24 * short


def cost(text: str) -> float:
    """The least processor time in three tries of looking at a text."""
    seen, costs = subject(text), []
    for _ in range(3):
        began = time.process_time()
        look(seen)
        costs.append(time.process_time() - began)
    return min(costs)
