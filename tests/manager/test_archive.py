"""Archiving and taking back at the desk; each asks once."""

import pytest

from agreements.archiving import archive
from agreements.drafting import begin_draft, edition_of_version
from extensions import db
from models.agreements import Agreement, current_versions
from tests.cast import Cast
from tests.page import PageClient


def test_is_archived_after_asking_once(bob: PageClient, cast: Cast) -> None:
    version_id, title = cast.version.id, cast.version.title
    page = bob.get("manager.archiving", version_id=version_id)
    assert "you can take it back at any time" in page.text
    assert current_versions(cast.bluebells.id)
    response = bob.post("manager.archiving", version_id=version_id)
    page = bob.get(response.location)
    assert "Archived. Nobody is asked for it any more." in page.text
    assert page.links[f"{title}, archived"] == f"/manager/agreements/{version_id}"
    assert "No agreement in use" in page.text
    assert not current_versions(cast.bluebells.id)


def test_is_taken_back_after_asking_once(bob: PageClient, cast: Cast) -> None:
    version = cast.version
    version_id = version.id
    archive(db.session.get_one(Agreement, version.agreement_id), cast.alice.id)
    page = bob.get("manager.version", version_id=version_id)
    assert "Nobody is asked to sign it." in page.text
    assert "Begin the next version" not in page.text
    assert "has a week" in bob.get(page.links["Take it back"]).text
    response = bob.post("manager.taking_back", version_id=version_id)
    assert "Taken back. The tablet shows it again." in bob.get(response.location).text
    assert current_versions(cast.bluebells.id)


def test_a_draft_of_an_archived_one_says_what_to_do_first(bob: PageClient, cast: Cast) -> None:
    version = cast.version
    edition = edition_of_version(version)
    draft = begin_draft(cast.bluebells.id, edition, None, agreement_id=version.agreement_id)
    archive(db.session.get_one(Agreement, version.agreement_id), cast.alice.id)
    page = bob.get("manager.publishing", draft_id=draft.id)
    assert "This agreement is archived. Take it back first." in page.text


@pytest.mark.parametrize("endpoint", ["manager.archiving", "manager.taking_back"])
def test_is_not_for_another_setting(charlie: PageClient, cast: Cast, endpoint: str) -> None:
    assert charlie.raw("GET", endpoint, version_id=cast.version.id).status_code == 404
