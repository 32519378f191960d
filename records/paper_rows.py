"""The record of a paper in words: it never looks like a signing on the tablet."""

from zoneinfo import ZoneInfo

from models.categories import CATEGORIES
from records.days import long_date
from records.paper_facts import PaperFacts
from records.rows import METHODS, NOBODY, Rows, exact, text_rows, yes

NOBODY_NAMED = "Nobody is named"


def agreement_rows(facts: PaperFacts) -> Rows:
    """Give the lines of the agreement page below the wording."""
    return [
        (facts.version.name_label, facts.full_name),
        ("Signing as:", CATEGORIES[facts.category]),
        ("Sent by:", facts.organisation or NOBODY),
        ("Date on the paper:", long_date(facts.signed_on)),
    ]


def paper_sentences(facts: PaperFacts) -> tuple[str, str]:
    """Give what happened: the signature, and that this is a scan of it and who filed it when."""
    filed = facts.filed_at.astimezone(ZoneInfo(facts.setting.time_zone))
    return (
        f"{facts.full_name} signed this on paper on {long_date(facts.signed_on)}.",
        f"This is a scan of that paper, filed by {facts.filed_by or 'a manager'} on "
        f"{long_date(filed.date())} at {filed:%H:%M}.",
    )


def paper_groups(facts: PaperFacts) -> list[tuple[str, Rows]]:
    """Give the exact facts as headings with rows of label and value."""
    head = facts.head
    return [
        (
            "The person",
            [
                ("Name", facts.full_name),
                ("Signing as", CATEGORIES[facts.category]),
                ("Sent by", facts.organisation or NOBODY),
                ("Under 18", yes(facts.under_18)),
            ],
        ),
        ("What was signed", text_rows(facts.version)),
        (
            "The paper",
            [
                ("How", METHODS["paper"]),
                ("Day on the paper", long_date(facts.signed_on)),
                ("Seen being signed by", facts.seen_by or NOBODY_NAMED),
                ("Filed by", facts.filed_by or "A manager"),
                ("Manager’s number", str(facts.filed_by_id)),
                ("Filed at, by the server", exact(facts.filed_at)),
                ("Photographs", str(len(facts.pages))),
                *(
                    (f"SHA-256 of photograph {number}", page.sha256)
                    for number, page in enumerate(facts.pages, start=1)
                ),
                ("Declarations", "Not asked on paper"),
            ],
        ),
        (
            "Where this stands",
            [
                ("Record number", str(facts.record_id)),
                ("Newest event before it", f"Event {head.sequence}" if head else "None yet"),
                ("SHA-256 of that event", head.hash if head else "None"),
            ],
        ),
    ]
