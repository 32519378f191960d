"""What changed between two editions: every difference is marked, and nothing else."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from records.comparison import SIGNOFF, TITLE, Clause, Comparison, Side, compare
from records.text import blocks
from tests.records.fixtures import version
from tests.records.steps import steps_of

STARTER = version().text
SAID = "staff must not post photos, of the children “ever”. don't don’t phone - £5 it's"
WORDS = some.sampled_from(SAID.split())
SENTENCE = some.lists(WORDS, min_size=1, max_size=14).map(" ".join)
LINE = some.builds("{}{}".format, some.sampled_from(["", "## ", "- ", "1. ", "> "]), SENTENCE)
TEXT = some.lists(LINE, max_size=12).map("\n\n".join)


def side(text: str, number: int = 1, **changes: object) -> Side:
    """An edition with this text, and the rest as always."""
    return replace(Side(number, "Rules", text, "Agreement", ("I agree.",)), **changes)


def changed(before: str, now: str) -> Comparison:
    return compare(side(before), side(now, 2))


def marks(comparison: Comparison) -> list[tuple[str, str]]:
    """Each clause that is not the same: its kind, and its words with [-gone-] and {+new+}."""
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return [
        (clause.kind, "".join(signs[piece.kind].format(piece.words) for piece in clause.pieces))
        for _, clauses in comparison.sections
        for clause in clauses
    ]


ONE = "Staff must not post photos of children on their own pages."
TWO = "Phones stay in the office while the children are here."
HAND_MADE: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "a word put in": (
        ONE,
        ONE.replace("not post", "not ever post"),
        [("changed", "Staff must not{+ ever+} post photos of children on their own pages.")],
    ),
    "a word taken out": (
        ONE,
        ONE.replace(" own", ""),
        [("changed", "Staff must not post photos of children on their[- own-] pages.")],
    ),
    "a sentence rewritten": (
        f"{ONE}\n\n{TWO}",
        f"Ask the manager before you share anything about a family online.\n\n{TWO}",
        [
            (
                "changed",
                f"[-{ONE}-]{{+Ask the manager before you share anything about a family online.+}}",
            )
        ],
    ),
    "one word that stayed by chance": (
        "Everybody who works with us must keep the phones they bring in our office all day long.",
        "Everybody who works with us must hand over all of the cameras and watches all day long.",
        [
            (
                "changed",
                "Everybody who works with us must[- keep the phones they bring in our office-]"
                "{+ hand over all of the cameras and watches+} all day long.",
            )
        ],
    ),
    "another item that only looks like it": (
        "- Put your phone in the red box\n- Wash your hands\n- Lock the gate",
        "- Wash your hands\n- Lock the gate\n- Take your bag in the blue box",
        [
            ("gone", "[-Put your phone in the red box-]"),
            ("new", "{+Take your bag in the blue box+}"),
        ],
    ),
    "a clause cut in two": (
        f"{ONE} {TWO}",
        f"{ONE}\n\n{TWO}",
        [("changed", f"{ONE}[- {TWO}-]"), ("new", f"{{+{TWO}+}}")],
    ),
    "two clauses joined": (
        f"{ONE}\n\n{TWO}",
        f"{ONE} {TWO}",
        [("changed", f"{ONE}{{+ {TWO}+}}"), ("gone", f"[-{TWO}-]")],
    ),
    "an item moved": (
        "- Wash your hands\n- Lock the gate\n- Sign the book",
        "- Lock the gate\n- Sign the book\n- Wash your hands",
        [("moved", "Wash your hands")],
    ),
    "an item moved and changed": (
        "- Wash your hands when you come in\n- Lock the gate\n- Sign the book",
        "- Lock the gate\n- Sign the book\n- Wash both your hands when you come in",
        [("moved", "Wash{+ both+} your hands when you come in")],
    ),
    "a heading with another name": (
        f"# Phones\n\n{TWO}",
        f"# Cameras\n\n{TWO}",
        [("changed", "[-Phones-]{+Cameras+}")],
    ),
    "one cell of a table": (
        "|Thing|Rule|\n|-|-|\n|Phone|Never|\n|Camera|Ask|",
        "|Thing|Rule|\n|-|-|\n|Phone|Ask first|\n|Camera|Ask|",
        [("changed", "Phone |[- Never-]{+ Ask first+}")],
    ),
    "a whole section gone": (
        f"# Photos\n\n{ONE}\n\n# Phones\n\n{TWO}\n\n- Put them\n- in the box\n\n# Last\n\nBe kind.",
        f"# Photos\n\n{ONE}\n\n# Last\n\nBe kind.",
        [
            ("gone", f"[-{words}-]")
            for words in ("Phones", TWO, "Put them", "in the box")
        ],
    ),
    "one of three that are the same": (
        f"{TWO}\n\n{ONE}\n\n{ONE}\n\n{ONE}",
        f"{TWO}\n\n{ONE}\n\n{ONE}",
        [("gone", f"[-{ONE}-]")],
    ),
    "a full stop": (ONE, ONE.rstrip("."), [("changed", f"{ONE[:-1]}[-.-]")]),
    "nothing": (STARTER, STARTER + "\n\n", []),
}  # fmt: skip


@pytest.mark.parametrize("name", HAND_MADE)
def test_marks_what_a_person_would(name: str) -> None:
    before, now, expected = HAND_MADE[name]
    assert marks(changed(before, now)) == expected


def test_says_under_which_heading() -> None:
    before = f"# Photos\n\n{ONE}\n\n# Phones\n\n{TWO}"
    found = changed(before, before.replace("office", "box").replace("post", "share"))
    assert [heading for heading, _ in found.sections] == ["Photos", "Phones"]
    gone = changed(before, f"# Photos\n\n{ONE}")
    assert [heading for heading, _ in gone.sections] == ["Phones"]


def test_the_title_and_what_is_signed_under_count_too() -> None:
    before = side(ONE, wordings=("I agree to follow it.",))
    found = compare(before, replace(before, number=2, title="New rules", wordings=("I agree.",)))
    assert [heading for heading, _ in found.sections] == [TITLE, SIGNOFF]
    assert marks(found)[1] == ("changed", "I agree[- to follow it-].")


@pytest.mark.parametrize(
    ("before", "now", "only"),
    [
        ("Don't post it", "Don’t post it!", "punctuation"),
        ("Ask, then post", "Ask then post", "punctuation"),
        ("Do *not* post it", "Do not post it", "setting"),
        ("# Do not post it", "## Do not post it", "setting"),
        ("- Do not post it", "1. Do not post it", "setting"),
        ("Ask for 1.5 days", "Ask for 15 days", None),
        ("Ask for £5", "Ask for $5", None),
        ("The Manager asks", "The manager asks", None),
    ],
)
def test_says_when_it_is_less_than_words(before: str, now: str, only: str | None) -> None:
    ((_, (clause,)),) = changed(before, now).sections
    assert (clause.kind, clause.only) == ("changed", only)


def test_new_lines_alone_change_nothing() -> None:
    found = changed("Be kind\nto all.", "Be\nkind to all.")
    assert found.summary == "No words changed"
    assert found.sections == []


def test_sums_up_in_one_line() -> None:
    before = f"{ONE}\n\n{TWO}\n\nBe kind to everybody who comes here.\n\nSign the book."
    now = f"{TWO.replace('office', 'box')}\n\n{ONE}\n\n- Wash.\n\nSign the red book."
    assert changed(before, before).summary == "No words changed"
    assert changed(ONE, f"{ONE}\n\n{TWO}").summary == "1 clause added"
    assert changed(before, now).summary == "1 clause changed, 1 added, 1 removed, 1 moved"


def test_json_is_canonical_and_leaves_out_what_is_the_same() -> None:
    found = changed(STARTER, STARTER.replace("must not", "must never"))
    said = json.loads(found.as_json)
    again = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert found.as_json == again
    assert found.sha256 == hashlib.sha256(again).hexdigest()
    compare.cache_clear()
    assert changed(STARTER, STARTER.replace("must not", "must never")).sha256 == found.sha256
    assert len(said["clauses"]) == 8
    assert said["counts"]["same"] == len(found.clauses) - 8
    assert (said["before"]["number"], said["now"]["number"]) == (1, 2)


def rebuilt(found: Comparison, wanted: Callable[[Clause], int | None], left_out: str) -> list[str]:
    """One of the two texts, made of the comparison's pieces alone."""
    placed = {
        place: "".join(piece.words for piece in clause.pieces if piece.kind != left_out)
        for clause in found.clauses
        if (place := wanted(clause)) is not None
    }
    assert sorted(placed) == list(range(len(placed)))
    return [placed[place] for place in sorted(placed)]


def words_of(edition: Side) -> list[str]:
    return [edition.title, *(b.words for b in blocks(edition.text)), "Agreement", "I agree."]


def holds_both(before: str, now: str) -> None:
    found = changed(before, now)
    assert rebuilt(found, lambda clause: clause.was, "new") == words_of(found.before)
    assert rebuilt(found, lambda clause: clause.place, "gone") == words_of(found.now)


@settings(deadline=None, max_examples=150)
@given(before=TEXT, now=TEXT)
def test_the_pieces_are_both_texts_and_nothing_else(before: str, now: str) -> None:
    holds_both(before, now)


@settings(deadline=None, max_examples=40)
@given(some.randoms(use_true_random=False))
def test_random_edits_of_the_starting_agreement_are_found_whole(chance: Random) -> None:
    paragraphs = STARTER.split("\n\n")
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(paragraphs))
        words = paragraphs[place].split(" ")
        words[chance.randrange(len(words))] = "zebra"
        edits = [[" ".join(words)], [], [" ".join(words), "A new rule."], ["zebra"]]
        paragraphs[place : place + 1] = chance.choice(edits)
    holds_both(STARTER, "\n\n".join(paragraphs))


@settings(deadline=None, max_examples=100)
@given(before=TEXT, now=TEXT)
def test_backwards_it_counts_the_same(before: str, now: str) -> None:
    there, back = changed(before, now).counts, changed(now, before).counts
    assert (there["new"], there["gone"]) == (back["gone"], back["new"])
    for kind in ("same", "changed", "moved"):
        assert there[kind] == back[kind]


HOSTILE: dict[str, Callable[[int], tuple[str, str]]] = {
    "one line again and again": lambda n: ("Same.\n\n" * n, "Same.\n\n" * (n // 2) + "Other."),
    "two lines by turns": lambda n: ("a\n\nb\n\n" * n, "b\n\nb\n\na\n\n" * n),
    "one word again and again": lambda n: ("no " * n, "yes " + "no " * (n // 2) + "so"),
    "two words by turns": lambda n: ("a b " * n, "b b a " * n),
    "lines that share a few words": lambda n: (
        "".join(f"a b c{i % 7} d\n\n" for i in range(n)),
        "".join(f"b a d c{i % 5}\n\n" for i in range(n)),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_is_about_twice_the_work(name: str) -> None:
    """Counted in steps of the interpreter, which no busy machine can change."""
    few, many = HOSTILE[name](150), HOSTILE[name](300)
    compare.cache_clear()
    assert steps_of(lambda: changed(*many)) < 2.6 * steps_of(lambda: changed(*few))
