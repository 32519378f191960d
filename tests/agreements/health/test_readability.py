"""How hard a text is to read: the published formula, on texts that are counted by hand."""

from agreements.health.readability import reading_age, sentences
from tests.agreements.health.subjects import keys, subject, the_hint

EASY = "We keep the children safe. You can always ask us. " * 12
HARD = (
    "Notwithstanding aforementioned considerations, individuals undertaking duties within "
    "organisational environments acknowledge comprehensively documented expectations concerning "
    "inappropriate dissemination of confidential information regarding families, colleagues, "
    "professional associations, and additionally undertake to communicate promptly regarding any "
    "circumstances potentially compromising safeguarding arrangements or our reputation. "
)


def test_the_formula_as_it_was_published() -> None:
    # 10 words, 39 letters, 2 sentences: 4.71 × 3.9 + 0.5 × 5 - 21.43 = -0.56, so school year 0.
    found = sentences(subject("We keep the children safe. You can always ask us."))
    assert [sentence.length for sentence in found] == [5, 5]
    assert reading_age(found) == 5
    # One sentence of long words, far beyond school.
    assert reading_age(sentences(subject(HARD))) > 18


def test_a_hard_text_shows_its_longest_sentences() -> None:
    hint = the_hint("text.hard", HARD * 3)
    assert hint.where[0].words == HARD.strip()
    assert "on average" in hint.sentence


def test_an_easy_text_is_left_in_peace() -> None:
    assert "text.hard" not in keys(EASY)


def test_a_short_text_says_too_little_to_judge() -> None:
    assert "text.hard" not in keys(HARD)


def test_names_and_headings_are_no_sentences() -> None:
    text = "# Social media policy of our setting\n\n- Equality policy\n- Ask us if you are unsure."
    assert [sentence.words for sentence in sentences(subject(text))] == [
        "Ask us if you are unsure."
    ]


def test_abbreviations_and_numbers_end_no_sentence() -> None:
    text = "Keep devices (e.g. phones and watches) in the locker, as rule 2.1 says you should."
    assert len(sentences(subject(text))) == 1
