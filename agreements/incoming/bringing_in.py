"""From bytes to a text with its report: read, part, guess, write down, count."""

from agreements.incoming.closing import apart
from agreements.incoming.docx.reader import read_docx
from agreements.incoming.kinds import kind_of
from agreements.incoming.letters import clean, decoded, invisible_in
from agreements.incoming.lines import read_plain
from agreements.incoming.markdown import read_markdown
from agreements.incoming.marks import is_bullet
from agreements.incoming.pdf.reader import read_pdf
from agreements.incoming.pieces import Aside, Found, Piece, cleaned
from agreements.incoming.refusals import NothingInIt, TooMuch
from agreements.incoming.report import Incoming
from agreements.incoming.shaping import with_headings, without_blanks
from agreements.incoming.words import balance, shown_words, words_of
from agreements.incoming.writing_down import write_down
from records.text import blocks

# At two hundred words a minute this takes five hours to read.
MOST_WORDS = 60_000
APART = {"sign-off", "adoption"}


def bring_in(name: str, data: bytes) -> Incoming:
    """Read a file by what it is, whatever it is called; raises a Refused."""
    found, invisible = _read(kind_of(name, data), data)
    words = words_of("\n".join(found.source)) if found.shown is None else found.shown
    if len(words) > MOST_WORDS:
        raise TooMuch
    incoming = _made(found, words, invisible)
    if not incoming.words_out:
        raise NothingInIt
    return incoming


def _read(kind: str, data: bytes) -> tuple[Found, list[Aside]]:
    if kind in {"docx", "pdf"}:
        found = read_docx(data) if kind == "docx" else read_pdf(data)
        return cleaned(found, clean), invisible_in("\n".join(found.source))
    text = decoded(data)
    read = read_markdown if kind == "markdown" else read_plain
    return read(clean(text)), invisible_in(text)


def _made(found: Found, words: list[str], invisible: list[Aside]) -> Incoming:
    flow, sign_off, adoption = apart(found.flow)
    flow = list(without_blanks(flow))
    if not found.headed:
        flow = list(with_headings(flow))
    pieces = [piece for piece in flow if isinstance(piece, Piece)]
    asides = [piece for piece in flow if isinstance(piece, Aside)]
    dropped = [aside for aside in asides if aside.what not in APART]
    closing = [aside for aside in asides if aside.what in APART]
    text, guessed = write_down(pieces)
    shown = shown_words(text, numbers=found.shown is None)
    closing_words, dropped_words, marks = _words(closing), _words(dropped), _marks(pieces)
    return Incoming(
        title=next((block.words for block in blocks(text) if block.kind == "heading"), ""),
        text=text,
        source_text="\n".join(found.source).strip("\n"),
        words_in=len(words) - len(marks),
        words_out=len(shown),
        words_apart=len(closing_words),
        words_dropped=len(dropped_words),
        balance=balance(words, shown, closing_words, dropped_words, marks),
        dropped=invisible + dropped,
        apart=closing,
        guessed=guessed,
        sign_off=sign_off,
        adoption=adoption,
    )


def _words(asides: list[Aside]) -> list[str]:
    return [word for aside in asides for word in words_of(aside.words)]


def _marks(pieces: list[Piece]) -> list[str]:
    """A small round "o" is a bullet of Word's: it looks like a word and is none."""
    items = [piece for piece in pieces if piece.kind == "item" and is_bullet(piece.label)]
    return [word for piece in items for word in words_of(piece.label)]
