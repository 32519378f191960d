"""The pages of a version, once for each sign-off wording: laid out and proven, then kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from models.settings import Setting
from models.writing import end_reading
from records import ready
from records.facts import Fixed, VersionFacts
from records.gathering import setting_facts
from records.pressing import Template, lay_out_template


@dataclass(frozen=True)
class LaidOut:
    """The pages of one sign-off wording, printed and proven."""

    pages: Fixed
    template: Template


def pages_of(
    setting: Setting, facts: VersionFacts, sentences: Iterable[str], *, addressed: bool
) -> list[Fixed]:
    """What every record has in common, once for each wording; `addressed`: with a check address."""
    says = setting_facts(setting)
    return [Fixed(says, facts, sentence, addressed) for sentence in dict.fromkeys(sentences)]


def lay_out(pages: list[Fixed]) -> list[LaidOut]:
    """Print and prove pages: seconds for each, so outside any transaction.

    Raises CannotLayOut or PressFailed.
    """
    end_reading()
    return [LaidOut(fixed, lay_out_template(fixed)) for fixed in pages]


def keep_pages(setting_id: UUID, laid_out: list[LaidOut]) -> None:
    """Keep what was laid out, inside the transaction that publishes."""
    for done in laid_out:
        ready.add(setting_id, done.pages, done.template)
