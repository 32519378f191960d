"""flask agreements import: text in, what was left out said, exit codes that tell."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from agreements.drafting import begin_draft
from agreements.incoming.becoming import USUAL_WORDING
from agreements.starter import starter_edition
from models.agreements import current_versions
from models.drafts import drafts_of
from tests.agreements.incoming.docs import docx, p
from tests.cast import Cast

Import = Callable[..., Result]
POLICY = "Page 1 of 2\nAsk first.\nI will ask first.\nName: ____ Signed: ____"


@pytest.fixture
def bring(app: Flask, cast: Cast, tmp_path: Path) -> Import:
    """Run the command on a file with these bytes."""

    def act(data: bytes, *more: str, name: str = "policy.txt") -> Result:
        (tmp_path / name).write_bytes(data)
        arguments = ["agreements", "import", str(tmp_path / name), "--setting", "bluebells", *more]
        return app.test_cli_runner().invoke(args=arguments)

    return act


def test_a_file_becomes_a_draft_and_what_was_left_out_is_printed(bring: Import, cast: Cast) -> None:
    done = bring(POLICY.encode(), "--title", "Camera Policy")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "12 words came in: 2 are in the text, 6 in its closing lines, 4 left out.",
        "left out\tpage number\tline 1\tPage 1 of 2",
        "kept apart\tsign-off\tline 3\tI will ask first.",
        "kept apart\tsign-off\tline 4\tName: ____ Signed: ____",
        "Camera Policy is kept as a draft.",
    ]
    [draft] = drafts_of(cast.bluebells.id)
    assert (draft.text, draft.agreement_id) == ("Ask first.\n", None)
    assert set(draft.wordings.values()) == {"I will ask first."}


def test_words_that_do_not_add_up_are_a_finding_and_are_not_published(
    bring: Import, cast: Cast
) -> None:
    half = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hid</w:t></w:r><w:r><w:t>den</w:t></w:r>"
    data = docx(p("Ask first."), p(half))
    done = bring(data, "--title", "Camera Policy", "--publish", name="a.docx")
    assert done.exit_code == 1
    assert "missing\thidden" in done.stdout
    assert done.stderr.startswith("The words do not add up")
    assert len(current_versions(cast.bluebells.id)) == 1
    assert len(drafts_of(cast.bluebells.id)) == 1


def test_a_file_that_cannot_be_read_is_wrong_use(bring: Import, cast: Cast) -> None:
    done = bring(b"", "--title", "Camera Policy")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("There are no words in it.")
    assert drafts_of(cast.bluebells.id) == []


def test_a_known_title_gets_its_next_version_but_only_one_draft(bring: Import, cast: Cast) -> None:
    agreement_id = cast.version.agreement_id
    done = bring(b"Ask first.", "--title", "social media networking policy")
    assert done.exit_code == 0
    [draft] = drafts_of(cast.bluebells.id)
    assert (draft.agreement_id, draft.title) == (agreement_id, starter_edition().title)
    assert draft.wordings == starter_edition().wordings
    again = bring(b"Ask first.", "--title", "Social Media Networking Policy")
    assert again.exit_code == 2
    assert "Somebody has begun the next version" in again.stderr


def test_a_draft_of_another_agreement_is_no_hindrance(bring: Import, cast: Cast) -> None:
    begin_draft(cast.bluebells.id, starter_edition(), None, agreement_id=cast.version.agreement_id)
    assert bring(b"Ask first.", "--title", "Camera Policy").exit_code == 0


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("more", "wording"), [((), USUAL_WORDING), (("--wording", "Yes."), "Yes.")]
)
def test_published_at_once(
    own_app: Callable[..., Flask], tmp_path: Path, more: tuple[str, ...], wording: str
) -> None:
    (tmp_path / "a.md").write_text("# Camera Policy\n\nAsk first.\n", encoding="utf-8")
    app = own_app()
    arguments = ["agreements", "import", str(tmp_path / "a.md"), "--title", "Camera Policy"]
    done = app.test_cli_runner().invoke(
        args=[*arguments, "--publish", "--setting", "bluebells", *more]
    )
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "Camera Policy is published as version 1."
    with app.app_context():
        version = current_versions(Cast().bluebells.id)[0]
        assert (version.title, version.text) == ("Camera Policy", "# Camera Policy\n\nAsk first.\n")
        assert {one.sentence for one in version.wordings} == {wording}
