"""What the data file knows: found where it stands, silent where the text knows it already."""

import re

import pytest

from agreements.health.hint import WEIGHTS
from agreements.health.knowledge import Entry, companions, entries
from tests.agreements.health.subjects import keys, the_hint

LISTS = "## Legislation\n\n- "
FOUND = {
    "act.data-protection-1998": "in breach of the Data Protection Act (1998)",
    "act.protection-of-children-1988": "Protection of Children Act, 1988",
    "act.defamation-1996": "Defamation Act 1996",
    "act.freedom-of-information-2000": "Freedom of Information Act 2000",
    "act.safeguarding-vulnerable-groups-2006": "the Safeguarding Vulnerable Groups Act 2006",
    "guidance.working-together": "Working Together to Safeguard Children 2018",
    "guidance.safer-working-practice": "Guidance for safer working practice 2018",
    "guidance.kcsie": "Keeping Children Safe in Education 2024",
    "guidance.safeguarding-board": "the Local Safeguarding Children’s Board",
    "guidance.designated-officer": "tell the designated safeguarding officer",
    "guidance.four-thresholds": "Tell the LADO when somebody may pose a risk of harm.",
    "platform.msn": "Facebook, MSN and forums",
    "platform.twitter": "on Twitter",
    "platform.newer": "Facebook, Instagram and YouTube",
    "missing.online-safety": f"Social media.\n\n{LISTS}Equality Act 2010",
    "missing.eyfs": f"No mobile phones in the rooms.\n\n{LISTS}Equality Act 2010",
}
SILENT = {
    "an Act without its year": "in breach of the Data Protection Act",
    "today’s Act": "the Data Protection Act 2018 and the Protection of Children Act 1978",
    "a text that knows of the change": "The Data Protection Act 1998 was repealed in 2018.",
    "a slip mended beside it": "Protection of Children Act 1988 (read: 1978)",
    "both Defamation Acts": "Defamation Act 1996 and Defamation Act 2013",
    "whom freedom of information is for": "The Freedom of Information Act 2000 binds the council.",
    "this year’s guidance": "Working Together to Safeguard Children 2026; KCSIE 2026",
    "the newest safer working practice": "Guidance for safer working practice 2022",
    "a year that belongs to something else": "safer working practice. Adopted in 2018",
    "a lead": "tell the designated safeguarding lead",
    "all four reasons": "The LADO is told if they may pose a risk of harm or may not be suitable.",
    "a risk of harm without a LADO": "Hot drinks may pose a risk of harm.",
    "X": "on X (formerly Twitter)",
    "small letters that are no name": "the msn of words; twittering birds",
    "newer platforms": "Facebook, Instagram and TikTok",
    "one platform": "our Facebook page",
    "a list without the web": "Wash your hands.\n\n## Legislation\n\n- Health and Safety Act 1974",
}


@pytest.mark.parametrize(("key", "text"), FOUND.items(), ids=FOUND.keys())
def test_finds(key: str, text: str) -> None:
    assert key in keys(text)


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_says_nothing_about(text: str) -> None:
    assert [key for key in keys(text) if key.split(".")[0] not in {"text", "missing"}] == []


def test_every_fact_is_tried_here() -> None:
    assert {entry.key for entry in entries()} == set(FOUND)


def test_what_was_not_read_says_so() -> None:
    hint = the_hint("platform.twitter", "on Twitter")
    assert hint.sentence == "We believe that Twitter is now called X. Please check."
    assert hint.checked_on is None


def test_what_was_read_says_when_and_where() -> None:
    hint = the_hint("act.data-protection-1998", "Data Protection Act 1998")
    assert hint.checked_on is not None
    assert hint.source_name == "ashfords.co.uk"


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.key)
def test_each_fact_is_whole(entry: Entry) -> None:
    assert entry.weight in WEIGHTS
    assert re.fullmatch(r"https://[^ ]+", entry.source)
    assert entry.now.endswith(".")
    # "We believe that" goes on with a small letter, unless a name follows.
    assert entry.sure == (entry.checked_on is not None)


def test_keys_are_used_once() -> None:
    keys_of_all = [entry.key for entry in entries()]
    assert len(set(keys_of_all)) == len(keys_of_all)
    names = [companion.name for companion in companions()]
    assert len(set(names)) == len(names)
