"""The Makefile explains itself."""

import re

from config import ROOT


def test_every_target_is_explained_and_every_phony_one_exists() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    explained = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))
    phony = set(re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split())
    assert targets == explained == phony


def test_locked_requirements_name_no_machine() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text, f"{name} names an index or a path"
        pins = re.findall(r"^\S+==", text, re.MULTILINE)
        assert len(pins) > 20
        assert "--hash=sha256:" in text
