"""The user's own document, word for word: the agreement a new setting starts with."""

import tomllib
from pathlib import Path
from uuid import UUID

from agreements.publishing import Edition, publish
from models.agreements import Version
from models.categories import CATEGORIES

HERE = Path(__file__).resolve().parent


def starter_edition() -> Edition:
    """The agreement as a edition: text, summary and sign-off, for every category."""
    signoff = _signoff()
    return Edition(
        title="Social Media Networking Policy",
        text=(HERE / "agreement.md").read_text(encoding="utf-8"),
        summary=(HERE / "summary.md").read_text(encoding="utf-8"),
        signoff_title=signoff["title"],
        name_label=signoff["name_label"],
        wordings=dict.fromkeys(CATEGORIES, signoff["sentence"]),
    )


def starter_charity_number() -> str:
    """The registered charity number that the agreement's first line prints."""
    return _signoff()["charity_number"]


def publish_starter(setting_id: UUID) -> Version:
    """Publish the agreement as version 1, inside writing()."""
    return publish(setting_id, starter_edition())


def _signoff() -> dict[str, str]:
    with (HERE / "signoff.toml").open("rb") as file:
        return tomllib.load(file)
