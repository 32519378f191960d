"""A draft is one for each agreement, and nobody's save undoes somebody else's."""

from dataclasses import replace

import pytest

from agreements.drafting import SavedMeanwhile, begin_draft, drop_draft, edition_of, save_draft
from agreements.starter import starter_edition
from models.drafts import draft_of, drafts_of
from tests.cast import Cast


def test_a_draft_gives_back_what_was_put_in(cast: Cast) -> None:
    draft = begin_draft(cast.bluebells.id, starter_edition(), cast.alice.id)
    assert edition_of(draft) == starter_edition()
    assert draft_of(cast.bluebells.id, draft.id) is draft
    assert draft_of(cast.owls.id, draft.id) is None


def test_an_agreement_has_one_draft(cast: Cast) -> None:
    agreement_id = cast.version.agreement_id
    one = begin_draft(cast.bluebells.id, starter_edition(), None, agreement_id=agreement_id)
    other = replace(starter_edition(), text="Something else")
    again = begin_draft(cast.bluebells.id, other, None, agreement_id=agreement_id)
    assert again is one
    assert again.text == starter_edition().text


def test_a_save_from_an_older_revision_is_refused_and_shows_what_is_there(cast: Cast) -> None:
    draft = begin_draft(cast.bluebells.id, starter_edition(), cast.alice.id)
    alices = replace(starter_edition(), text="What Alice wrote")
    save_draft(draft, alices, cast.alice.id, began_from=1)
    with pytest.raises(SavedMeanwhile) as refused:
        save_draft(draft, starter_edition(), cast.bob.id, began_from=1)
    assert (refused.value.now, refused.value.revision) == (alices, 2)
    assert edition_of(draft) == alices
    assert draft.edited_by_id == cast.alice.id


def test_a_dropped_draft_is_gone(cast: Cast) -> None:
    draft = begin_draft(cast.bluebells.id, starter_edition(), None)
    drop_draft(draft)
    assert drafts_of(cast.bluebells.id) == []
