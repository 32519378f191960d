"""evidence.json: everything that was signed, nothing that must not be kept."""

import hashlib
import json
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from models.categories import CATEGORIES
from records.evidence import evidence
from records.facts import Witness
from records.paper_evidence import evidence_of_paper
from records.text import sha256
from tests.records.fixtures import ROOT, WHOLE, compared, facts, paper_facts


def fields(value: Any, path: str = "") -> set[str]:
    """The dotted names of every field in evidence.json; what is in the drawing counts once."""
    if isinstance(value, dict):
        return {name for key in value for name in fields(value[key], f"{path}.{key}")}
    return {path.removeprefix(".")}


def test_evidence_is_canonical() -> None:
    written = evidence(facts(), WHOLE)
    said = json.loads(written)
    again = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert written == again == evidence(facts(), WHOLE)
    assert "Siân Llewellyn".encode() in written


def test_evidence_holds_what_was_signed() -> None:
    says = facts()
    said = json.loads(evidence(says, WHOLE))
    assert said["version"]["text_file"] == "agreement.md"
    assert said["version"]["text_sha256"] == sha256(says.version.text)
    assert said["wording"] == says.wording
    assert said["person"]["category_words"] == "Agency worker"
    assert len(said["signature"]["drawing"]["strokes"][0][0]) == 3
    assert said["times"]["effective_at"] == "2026-11-24T08:47:03.120+00:00"
    assert said["declarations"] == "asked, and answered"
    assert said["history_head"] == {"sequence": 41, "hash": "9f" * 32}


def test_evidence_holds_the_comparison_byte_by_byte() -> None:
    changes = compared()
    written = evidence(facts(changes=changes), WHOLE)
    assert changes.comparison in written
    said = json.loads(written)["display_facts"]["changes"]
    assert (said["since"], said["sha256"]) == (1, changes.sha256)
    again = json.dumps(
        said["comparison"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert hashlib.sha256(again.encode()).hexdigest() == changes.sha256


def test_evidence_keeps_no_more_than_it_may() -> None:
    names = " ".join(fields(json.loads(evidence(facts(), WHOLE))))
    for unwanted in ("pressure", "email", "due", "kind", "note", "velocity", "person.id"):
        assert unwanted not in names


def test_every_field_is_explained() -> None:
    says = facts(witness=Witness("Ada Osei", "employee"), method="mark", changes=compared())
    page = (ROOT / "docs/records.md").read_text(encoding="utf-8")
    for name in fields(json.loads(evidence(says, WHOLE))):
        assert f"`{name}`" in page, f"docs/records.md does not explain {name}"


def test_every_field_of_a_paper_is_explained() -> None:
    says = json.loads(evidence_of_paper(paper_facts(b"a picture"), WHOLE))
    page = (ROOT / "docs/records.md").read_text(encoding="utf-8")
    for name in fields(says):
        assert f"`{name}`" in page, f"docs/records.md does not explain {name}"


def test_a_paper_has_every_field_that_a_program_may_ask_for() -> None:
    paper = json.loads(evidence_of_paper(paper_facts(b"a picture"), WHOLE))
    tablet = json.loads(evidence(facts(), WHOLE))
    assert paper.keys() - tablet.keys() == {"paper"}
    assert tablet.keys() <= paper.keys()
    for part in ("record", "setting", "version", "person", "signature", "times", "pages"):
        assert paper[part].keys() == tablet[part].keys()


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_its_words(category: str) -> None:
    said = json.loads(evidence(facts(category=category, head=None, organisation=None), WHOLE))
    assert said["person"]["category_words"] == CATEGORIES[category]
    assert said["history_head"] is None


def test_facts_are_frozen() -> None:
    says = facts()
    with pytest.raises(FrozenInstanceError):
        says.full_name = "Somebody else"  # type: ignore[misc]
    assert replace(says, full_name="Somebody else") != says
