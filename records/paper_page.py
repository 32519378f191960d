"""The pages of a signature on paper: the text, what was signed, the photographs, the evidence."""

from dataclasses import dataclass

from records.days import long_date
from records.page import inside, ours, pictures, qr, stamp, templates
from records.paper_facts import PaperFacts
from records.paper_rows import agreement_rows, paper_groups, paper_sentences
from records.text import to_html


@dataclass(frozen=True, slots=True)
class Shown:
    """A photograph on its page: what the page calls it, and what is said to who cannot see it."""

    name: str
    alt: str


def render_paper(facts: PaperFacts, evidence: bytes) -> bytes:
    """Give the unsealed PDF: PDF/A-3a, PDF/UA-1, with its evidence and text inside."""
    # WeasyPrint is imported with the press, when the first page is printed and not before.
    from records.press import press

    photographs = {
        shown.name: page.jpeg for shown, page in zip(_shown(facts), facts.pages, strict=True)
    }
    return press(
        paper_html(facts),
        pictures={**pictures(facts.fixed), **photographs},
        inside=inside(facts.fixed, evidence, facts.filed_at),
    )


def paper_html(facts: PaperFacts) -> str:
    """Give the record as the HTML that is printed."""
    says = {"code": facts.code, "address": facts.check_address}
    return (
        templates()
        .get_template("paper.html")
        .render(
            fixed=facts.fixed,
            says=says,
            title=paper_title(facts),
            draft=False,
            stamp=stamp(facts.filed_at),
            text=ours(to_html(facts.version.text)),
            rows=agreement_rows(facts),
            pages=_shown(facts),
            sentences=paper_sentences(facts),
            groups=paper_groups(facts),
            qr=qr(facts.check_address) if facts.check_address else None,
        )
    )


def paper_title(facts: PaperFacts) -> str:
    """Give what the document is called."""
    version = facts.version
    return f"{version.title}, version {version.number}, signed on paper by {facts.full_name}"


def _shown(facts: PaperFacts) -> list[Shown]:
    count, day = len(facts.pages), long_date(facts.signed_on)
    return [
        Shown(
            f"fingerpost:photograph-{number}",
            f"Photograph {number} of {count} of the paper that {facts.full_name} signed on {day}",
        )
        for number in range(1, count + 1)
    ]
