"""Files brought in, every one of them held to its count."""

from agreements.incoming.bringing_in import bring_in
from agreements.incoming.report import Incoming
from tests.agreements.incoming.docs import docx, pdf

CSS = """
@page { margin: 25mm 20mm;
  @top-center { content: "Bluebells Pre-school"; font: 9pt 'Noto Sans' }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 9pt 'Noto Sans' } }
"""


def text_in(text: str, name: str = "policy.txt") -> Incoming:
    return told(bring_in(name, text.encode()))


def word_in(*blocks: str, **parts: bytes) -> Incoming:
    return told(bring_in("policy.docx", docx(*blocks, **parts)))


def pdf_in(body: str, css: str = CSS) -> Incoming:
    return told(bring_in("policy.pdf", pdf(body, css)))


def told(incoming: Incoming) -> Incoming:
    assert incoming.balance.holds, incoming.balance
    return incoming


def dropped(incoming: Incoming) -> list[tuple[str, str]]:
    return [(aside.what, aside.words) for aside in incoming.dropped]
