"""The pages of an inspection pack, with the records inside as they were sealed."""

from markupsafe import Markup

from records.pack.facts import Enclosed, Pack
from records.papers import printed
from records.text import to_html

RECORD_IS = "A sealed record, as it was signed"


def print_pack(pack: Pack, records: list[tuple[Enclosed, bytes]]) -> bytes:
    """Give the PDF: PDF/A-3a and PDF/UA-1. The same facts give the same bytes."""
    # WeasyPrint is imported with the press, and only in the child.
    from records.press import Inside

    logo = {"fingerpost:logo": pack.setting.logo} if pack.setting.logo else {}
    inside = [Inside(one.file, pdf, RECORD_IS, "Supplement", one.signed_at) for one, pdf in records]
    return printed(
        "pack",
        pack.setting.name,
        pack.made_at,
        pictures=logo,
        inside=inside,
        pack=pack,
        # Of our own making: records.text lets no HTML of the writer through.
        texts=[Markup(to_html(text.text, top_heading=4)) for text in pack.texts],  # noqa: S704
    )
