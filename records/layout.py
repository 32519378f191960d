"""Lays a version's pages out once, and turns them into a template that signings are filled into.

This runs in a child (records/press_room.py): it takes a second, WeasyPrint, pikepdf and fontTools.
"""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from records.cutting import Cutter, Spotted, row_of_tags
from records.drawing import Drawing
from records.errors import CannotLayOut
from records.facts import Fixed
from records.fillfont import FillFont, fill_font, to_unicode
from records.page import Filling, render
from records.plan import SAMPLE_STAMP, SAMPLE_TITLE, Picture, Plan, Slot
from records.pressing import Template
from records.reserve import add_seal_field, anchors, saved
from records.rows import PLACES
from records.squares import qr_title

DRAWING, QR = "drawing", "qr"
TYPED = "qz-typed-qz"
DRAWN = "qz-drawn-qz"
DOT = Drawing(10, 10, (((5.0, 5.0, 1.0),),))
# Page pixels from the left edge to where a line ends: in the text and tables, beside the QR code.
LINE_ENDS, CODE_ENDS = 702.0, 500.0
FONT = "FPFILL+NotoSans"


def lay_out(fixed: Fixed) -> Template:
    """Lay the pages out; the same bytes for the same input. Raises CannotLayOut."""
    samples = _samples(fixed)
    font = fill_font()
    with pikepdf.open(io.BytesIO(render(fixed, _sample(samples, None), b"{}"))) as pdf:
        found = _cut(pdf, samples)
        _reserve(pdf, found, font)
        file = saved(pdf)
    typed = _typed(fixed, samples)
    if typed.page != found[DRAWING].page:
        raise CannotLayOut("A typed name and a drawing stand on two pages.")
    return Template(file, _plan(file, found, typed, font))


def _samples(fixed: Fixed) -> dict[str, str]:
    """Give words that stand for those of a signing; no agreement contains them."""
    places = [*PLACES, *(("address",) if fixed.addressed else ())]
    return {f"qz{number:02}zq": name for number, name in enumerate(places)}


def _sample(samples: dict[str, str], typed: str | None) -> Filling:
    return Filling(
        says={name: sample for sample, name in samples.items()},
        title=SAMPLE_TITLE,
        made_at=datetime.strptime(SAMPLE_STAMP, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
        drawing=None if typed else DOT,
        drawing_title=DRAWN,
        typed=typed,
    )


def _cut(pdf: Pdf, samples: dict[str, str]) -> dict[str, Spotted]:
    pictures = {DRAWN: DRAWING}
    address = next((sample for sample, name in samples.items() if name == "address"), None)
    if address:
        pictures[qr_title(address)] = QR
    found: dict[str, Spotted] = {}
    for page in range(len(pdf.pages)):
        cutter = Cutter(pdf, page, samples, pictures)
        cutter.cut()
        if twice := found.keys() & cutter.found.keys():
            raise CannotLayOut(f"{twice} stand on two pages.")
        found |= cutter.found
    if missing := {*samples.values(), *pictures.values()} - found.keys():
        raise CannotLayOut(f"{missing} are not on the pages.")
    return found


def _typed(fixed: Fixed, samples: dict[str, str]) -> Spotted:
    """Find where a typed name stands: where the drawing does, on pages laid out for one."""
    with pikepdf.open(io.BytesIO(render(fixed, _sample(samples, TYPED), b"{}"))) as pdf:
        for page in range(len(pdf.pages)):
            cutter = Cutter(pdf, page, {TYPED: "typed"}, {})
            cutter.cut()
            if cutter.found:
                return cutter.found["typed"]
    raise CannotLayOut("A typed name is not on the pages.")


def _reserve(pdf: Pdf, found: dict[str, Spotted], font: FillFont) -> None:
    """Give every page with something to fill in an empty content of its own, and the typeface."""
    face = _embed(pdf, font)
    for number in sorted({spotted.page for spotted in found.values()}):
        page = pdf.pages[number]
        page.obj.Contents = Array([page.obj.Contents, pdf.make_stream(b" ")])
        page.obj.Resources.Font["/Fill"] = face
    # Objects of their own, because a record says its own title in them.
    for name in (DRAWING, QR):
        if name in found and not _tag(pdf, found[name]).is_indirect:
            raise CannotLayOut("The tag of a picture cannot be given other words.")
    add_seal_field(pdf)


def _embed(pdf: Pdf, font: FillFont) -> pikepdf.Object:
    file = pdf.make_stream(font.file)
    file.Length1 = len(font.file)
    described = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{FONT}"),
        Flags=4,
        FontBBox=Array(font.box),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.capital,
        StemV=80,
        FontFile2=file,
    )
    glyphs = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{FONT}"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(described),
        CIDToGIDMap=Name.Identity,
        W=Array([0, Array(font.widths)]),
    )
    whole = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{FONT}"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(glyphs)]),
        ToUnicode=pdf.make_stream(to_unicode(font)),
    )
    return pdf.make_indirect(whole)


def _plan(file: bytes, found: dict[str, Spotted], typed: Spotted, font: FillFont) -> Plan:
    with pikepdf.open(io.BytesIO(file)) as pdf:
        pages = sorted({spotted.page for spotted in found.values()})
        drawing = _picture(pdf, found[DRAWING])
        as_typed = replace(typed, mcid=drawing.mcid)
        return Plan(
            anchors=anchors(file),
            fills={str(page): pdf.pages[page].obj.Contents[1].objgen[0] for page in pages},
            tall={str(page): float(pdf.pages[page].obj.MediaBox[3]) for page in pages},
            slots={
                name: _slot(name, at) for name, at in found.items() if name not in (DRAWING, QR)
            },
            typed=_slot("typed", as_typed),
            drawing=drawing,
            qr=_picture(pdf, found[QR]) if QR in found else None,
            evidence=_evidence(pdf),
            metadata=pdf.Root.Metadata.objgen[0],
            packet=pdf.Root.Metadata.read_bytes().decode(),
            producer=str(pdf.docinfo.Producer),
            glyphs=font.glyphs,
            widths=font.widths,
        )


def _slot(name: str, at: Spotted) -> Slot:
    ends = CODE_ENDS if name == "code" else LINE_ENDS
    colour = " ".join(f"{part:g}" for part in at.colour)
    return Slot(at.page, at.mcid, at.x, at.y, at.size, ends - at.x, colour)


def _picture(pdf: Pdf, at: Spotted) -> Picture:
    tag = _tag(pdf, at)
    return Picture(at.page, at.mcid, at.x, at.y, tag.objgen[0], tag.P.objgen[0], tag.Pg.objgen[0])


def _tag(pdf: Pdf, at: Spotted) -> pikepdf.Object:
    tag: pikepdf.Object = row_of_tags(pdf, at.page)[at.mcid]
    return tag


def _evidence(pdf: Pdf) -> int:
    names = pdf.Root.Names.EmbeddedFiles.Names
    place = [str(names[n]) for n in range(0, len(names), 2)].index("evidence.json")
    number: int = names[2 * place + 1].EF.F.objgen[0]
    return number
