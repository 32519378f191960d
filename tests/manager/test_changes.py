"""What changed between two versions, as the desk shows it."""

from models.agreements import Version
from models.base import new_id
from tests.cast import Cast, publish_next
from tests.page import PageClient, words


def two(cast: Cast) -> tuple[Version, Version]:
    old = cast.version
    return old, publish_next(text=old.text.replace("must not", "must never") + "\n\nBe <kind>.\n")


def test_marks_what_changed(bob: PageClient, cast: Cast) -> None:
    old, new = two(cast)
    page = bob.get("manager.changes", version_id=new.id, older_id=old.id)
    assert page.h1 == "What changed"
    assert "from version 1 to version 2" in page.text
    assert "8 clauses changed, 1 added." in page.text
    assert {words(gone) for gone in page.all("del")} == {"removed: not (end of removed)"}
    assert [words(new) for new in page.all("ins")][-1] == "Be <kind>."
    assert len(page.all("ins")) == 10
    assert "Staff at the setting shall:" in [words(heading) for heading in page.all("h3")]


def test_every_sentence_that_somebody_signs_under_counts(bob: PageClient, cast: Cast) -> None:
    old = cast.version
    wordings = old.sentences
    new = publish_next(wordings=wordings | {"student": "I agree."})
    page = bob.get("manager.changes", version_id=new.id, older_id=old.id)
    assert "I agree. (For: Student on placement)" in [words(new) for new in page.all("ins")]
    assert [words(heading) for heading in page.all("h3")] == ["What you sign under"]


def test_the_version_leads_to_it(bob: PageClient, cast: Cast) -> None:
    old, new = two(cast)
    since = "What changed since version 1"
    assert since not in bob.get("manager.version", version_id=old.id).links
    link = bob.get("manager.version", version_id=new.id).links[since]
    assert bob.raw("GET", link).location == f"{link}/{old.id}"
    bob.get("manager.changes_before", version_id=old.id, expect=404)


def test_any_two_versions_can_be_compared(bob: PageClient, cast: Cast) -> None:
    old, new = two(cast)
    newest = publish_next(text="Be kind.")
    page = bob.get("manager.changes", version_id=newest.id, older_id=new.id)
    assert page.links["Version 1"].endswith(f"{newest.id}/changes/{old.id}")
    bob.get("manager.changes", version_id=newest.id, older_id=old.id)


def test_not_backwards_and_not_of_other_agreements(bob: PageClient, cast: Cast) -> None:
    old, new = two(cast)
    other = publish_next(title="Photos")
    for version_id, older_id in ((old.id, new.id), (new.id, new.id), (new.id, other.id),
                                 (new.id, new_id()), (new_id(), old.id)):  # fmt: skip
        bob.get("manager.changes", version_id=version_id, older_id=older_id, expect=404)


def test_nobody_elses(charlie: PageClient, cast: Cast) -> None:
    old, new = two(cast)
    charlie.get("manager.changes", version_id=new.id, older_id=old.id, expect=404)
