"""Word files made by hand, a few lines of XML each, and PDFs made by WeasyPrint."""

import io
import zipfile
from xml.sax.saxutils import escape

from weasyprint import HTML

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OTHERS = {
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" ' + " ".join(f'xmlns:{k}="{v}"' for k, v in OTHERS.items())
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
LEVELS = (("bullet", "\uf0b7"), ("bullet", "o"), ("bullet", "\uf0a7"))


def run(text: str, looks: str = "") -> str:
    """Some letters; looks are elements such as <w:b/>."""
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs: str, style: str = "", numbered: tuple[int, int] | None = None) -> str:
    """A paragraph of texts or runs; numbered is (list, level)."""
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        marks += (
            f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
        )
    return f"<w:p><w:pPr>{marks}</w:pPr>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of texts, or of paragraphs."""
    cells = (
        "<w:tr>"
        + "".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(cells)}</w:tbl>"


def part(tag: str, inside: str) -> bytes:
    """One XML part whose root is w:tag."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {NAMES}>{inside}</w:{tag}>'.encode()


def numbering() -> bytes:
    """List 1: bullets as Word draws them. List 2: 1. then 1.1 then (a). List 3: 1) a) i)."""
    bullets = "".join(_level(n, form, text) for n, (form, text) in enumerate(LEVELS))
    clauses = _level(0, "decimal", "%1.") + _level(1, "decimal", "%1.%2")
    clauses += _level(2, "lowerLetter", "(%3)")
    plain = _level(0, "decimal", "%1)") + _level(1, "lowerLetter", "%2)")
    plain += _level(2, "lowerRoman", "%3)")
    kinds = (bullets, clauses, plain)
    abstract = (
        f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum>'
        for n, levels in enumerate(kinds)
    )
    lists = (f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3))
    return part("numbering", "".join(abstract) + "".join(lists))


def styles() -> bytes:
    """Headings as Word names them, and a list's own style."""
    headings = "".join(
        f'<w:style w:styleId="Heading{n}"><w:name w:val="heading {n}"/></w:style>'
        for n in (1, 2, 3)
    )
    title = '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>'
    listed = (
        '<w:style w:styleId="ListBullet"><w:name w:val="List Bullet"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    return part("styles", headings + title + listed)


def docx(*blocks: str, **parts: bytes) -> bytes:
    """A Word file with these blocks; parts are named header1, footnotes, comments …"""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/x" Target="{name}.xml"/>' for name in parts
    )
    furniture = "".join(
        f'<w:{name[:6]}Reference r:id="{name}"/>'
        for name in parts
        if name[:6] in {"header", "footer"}
    )
    body = f"<w:body>{''.join(blocks)}<w:sectPr>{furniture}</w:sectPr></w:body>"
    files = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _relations(
            f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": part("document", body),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    return zipped(files)


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of some files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pdf(body: str, css: str = "") -> bytes:
    """A PDF of some HTML."""
    fonts = "body { font: 11pt/1.4 'Noto Sans' }"
    made: bytes = HTML(string=f"<style>{fonts}{css}</style>{body}").write_pdf()
    return made


def _relations(inside: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'.encode()


def _level(number: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )
