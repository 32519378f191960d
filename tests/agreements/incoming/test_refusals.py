"""Hostile and hopeless files: one kind sentence each, and nothing else happens."""

import io
import zipfile
from collections.abc import Callable

import pikepdf
import pytest

from agreements.incoming import reading
from agreements.incoming.reading import read
from agreements.incoming.refusals import (
    REFUSALS,
    Damaged,
    Locked,
    NothingInIt,
    NotText,
    OldWord,
    OtherProgram,
    PicturesOfPages,
    Refused,
    TakesTooLong,
    TooMuch,
)
from tests.agreements.incoming.docs import NAMES, docx, p, pdf, table, zipped

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELATIONS = zipfile.ZipFile(io.BytesIO(docx())).read("_rels/.rels")


def word(document: str) -> bytes:
    return zipped({"_rels/.rels": RELATIONS, "word/document.xml": document.encode()})


def bomb() -> bytes:
    """A few kilobytes that unpack to 200 MB."""
    return word(f"<w:document {NAMES}><w:body>{' ' * 200_000_000}</w:body></w:document>")


def laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">'
    entities += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return word(f"<!DOCTYPE d [{entities}]><w:document {NAMES}>&a11;</w:document>")


def outside() -> bytes:
    """Asks the reader to put a file of the server's into the text."""
    entity = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return word(
        f"{entity}<w:document {NAMES}><w:body><w:p><w:r><w:t>a &x;</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )


def nested() -> bytes:
    deep = "<w:sdt>" * 50_000 + "</w:sdt>" * 50_000
    return word(f"<w:document {NAMES}><w:body>{deep}</w:body></w:document>")


def password_docx() -> bytes:
    return OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def password_pdf() -> bytes:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("<p>Secret words"))) as file:
        file.save(locked, encryption=pikepdf.Encryption(user="open", owner="sesame"))
    return locked.getvalue()


def scan() -> bytes:
    picture = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
        "DwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    return pdf(f'<img src="{picture}" style="width: 10cm">')


CASES: dict[str, tuple[str, Callable[[], bytes], type[Refused]]] = {
    "an empty file": ("a.txt", bytes, NothingInIt),
    "only spaces": ("a.txt", lambda: b" \n\t\n", NothingInIt),
    "an empty word file": ("a.docx", docx, NothingInIt),
    "only blanks": ("a.txt", lambda: b"________\n........", NothingInIt),
    "an old word file": ("a.docx", lambda: OLE + bytes(600), OldWord),
    "a locked word file": ("a.docx", password_docx, Locked),
    "a locked pdf": ("a.pdf", password_pdf, Locked),
    "rich text": ("a.txt", lambda: b"{\\rtf1 Hello}", OtherProgram),
    "open document": (
        "a.odt",
        lambda: zipped({"mimetype": b"x", "content.xml": b"<a/>"}),
        OtherProgram,
    ),
    "pages": ("a.pages", lambda: zipped({"Index/Document.iwa": b"x"}), OtherProgram),
    "a web page": ("a.html", lambda: b"<!DOCTYPE html><p>Hello", OtherProgram),
    "some other zip": ("a.docx", lambda: zipped({"cat.txt": b"meow"}), NotText),
    "a strict word file": (
        "a.docx",
        lambda: word(f'<d xmlns="{STRICT}"><body/></d>'),
        OtherProgram,
    ),
    "a picture": ("a.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(90), NotText),
    "a program": ("a.txt", lambda: b"\x7fELF" + bytes(range(256)) * 9, NotText),
    "half a word file": ("a.docx", lambda: docx(p("Hello"))[:-90], Damaged),
    "half a pdf": ("a.pdf", lambda: pdf("<p>Hello")[:900], Damaged),
    "not really xml": ("a.docx", lambda: word("<w:document"), Damaged),
    "a scan": ("scan.pdf", scan, PicturesOfPages),
    "a zip bomb": ("a.docx", bomb, TooMuch),
    "a billion laughs": ("a.docx", laughs, Damaged),
    "a file from outside": ("a.docx", outside, Damaged),
    "a nesting bomb": ("a.docx", nested, Damaged),
    "a markdown nesting bomb": ("a.md", lambda: b"> " * 5000 + b"a", TooMuch),
    "a huge table": ("a.docx", lambda: docx(table(*[("a",) * 90] * 90)), TooMuch),
    "a whole book": ("a.txt", lambda: b"word " * 70_000, TooMuch),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_with_its_sentence(case: str) -> None:
    name, make, expected = CASES[case]
    with pytest.raises(Refused) as refused:
        read(name, make())
    assert type(refused.value) is expected


def test_a_file_that_is_far_too_large_is_not_even_looked_at() -> None:
    with pytest.raises(TooMuch):
        read("a.txt", b"a" * 15_000_001)


@pytest.mark.parametrize(
    "word_", ["review ", "date ", "adopted by ", "_ ", "I have ", "a\t", "1. "]
)
def test_a_long_line_of_one_word_is_read_within_the_limits(word_: str) -> None:
    assert read("a.txt", (word_ * 20_000).encode() + b"end").balance.holds


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    with pytest.raises(TakesTooLong):
        read("a.txt", b"Ask first.")


def test_every_refusal_is_one_or_two_sentences() -> None:
    for kind in REFUSALS.values():
        sentence = kind().sentence
        assert sentence.endswith(".")
        assert sentence.count(". ") <= 1
    assert TakesTooLong.__name__ in REFUSALS


@pytest.mark.parametrize("name", ["policy.pdf", "policy.docx", "-c", "policy\0.exe"])
def test_what_a_file_is_called_does_not_matter(name: str) -> None:
    assert read(name, b"Ask first.").text == "Ask first.\n"
    assert read(name, docx(p("Ask first."))).text == "Ask first.\n"


@pytest.mark.parametrize(
    "data",
    [
        "Siân’s café".encode(),
        b"\xef\xbb\xbf" + "Siân’s café".encode(),
        "Siân’s café".encode("utf-16"),
        b"\xfe\xff" + "Siân’s café".encode("utf-16-be"),
        "Siân’s café".encode("cp1252"),
        "Sia\u0302n’s cafe\u0301".encode(),
        "Siân’s\r\ncafé".encode(),
    ],
)
def test_letters_come_in_from_every_encoding(data: bytes) -> None:
    assert read("a.txt", data).text.split() == ["Siân’s", "café"]


def test_invisible_letters_are_taken_out_and_listed() -> None:
    incoming = read(
        "a.txt", "safe\u00adguarding \u200bfirst\u202e نمی\u200cخواهم \x07bell".encode()
    )
    assert incoming.text == "safeguarding first نمی\u200cخواهم bell\n"
    assert [(aside.what, aside.where) for aside in incoming.dropped] == [
        ("control character", "once"),
        ("mark of direction", "once"),
        ("soft hyphen", "once"),
        ("zero-width space", "once"),
    ]
