"""The user's own document, brought in as a plain text, becomes the starting agreement."""

from agreements.incoming.bringing_in import bring_in
from agreements.incoming.confirming import confirmed
from agreements.starter import HERE, starter_edition
from records.text import plain_words


def test_the_seed_comes_in_as_the_starting_agreement_but_for_one_guess() -> None:
    incoming = bring_in("source.txt", (HERE / "source.txt").read_bytes())
    starter = starter_edition()
    assert plain_words(incoming.text) == plain_words(starter.text)
    [sentence] = set(starter.wordings.values())
    said = (incoming.sign_off.title, incoming.sign_off.wording, incoming.sign_off.name_label)
    assert said == (starter.signoff_title, sentence, starter.name_label)
    assert incoming.title == starter.title
    # By its looks it is a heading; only the manager knows that it is not.
    wrong = [g for g in incoming.guessed if g.heading.startswith("## Where any allegations")]
    right = [guess for guess in incoming.guessed if guess not in wrong]
    assert len(wrong) == 1
    assert confirmed(incoming.text, incoming.guessed, right) == starter.text


def test_every_word_of_the_seed_is_accounted_for() -> None:
    incoming = bring_in("source.txt", (HERE / "source.txt").read_bytes())
    assert incoming.balance.holds
    assert (incoming.words_in, incoming.words_out) == (1289, 1236)
    assert (incoming.words_apart, incoming.words_dropped) == (53, 0)


def test_a_text_that_marks_its_headings_comes_in_as_it_is() -> None:
    text = starter_edition().text
    incoming = bring_in("policy.md", text.encode())
    assert incoming.text == text
    assert incoming.guessed == []
