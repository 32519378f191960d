"""Fills a signing into pages that were laid out before: words, ink, QR code, evidence, metadata.

Nothing here reads a PDF or lays anything out: the plan says where everything goes.
"""

import re
from html import escape

from records.drawing import Drawing
from records.errors import DoesNotFit
from records.facts import Facts
from records.ink import extent, ink
from records.page import drawing_title, stamp, title
from records.picture import INK
from records.plan import SAMPLE_STAMP, SAMPLE_TITLE, Picture, Plan, Slot
from records.rows import words
from records.squares import qr_title, quick_squares
from records.tail import date, stream, text

# 26 mm in page pixels.
QR_SIDE = 26 / 25.4 * 96
BLACK = "0 0 0"
DARK = re.compile("1+")
PIXELS = "q 1 0 0 -1 0 {tall:.6f} cm 0.75 0 0 0.75 0 0 cm\n"


class Filler:
    """A plan made ready: what is the same for every record is written once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._codes = {ord(char): f"{glyph:04x}" for char, glyph in plan.glyphs.items()}
        self._widths = {char: plan.widths[glyph] for char, glyph in plan.glyphs.items()}
        self._placed = {name: _placed(slot) for name, slot in plan.slots.items()}
        self._typed = _placed(plan.typed)
        self._begun = {page: PIXELS.format(tall=tall) for page, tall in plan.tall.items()}

    def objects(self, facts: Facts, evidence: bytes) -> dict[int, bytes]:
        """Give the bodies of the objects that are this record's own, by their numbers.

        Raises DoesNotFit for words that are too long or letters that the typeface lacks.
        """
        plan, made_at = self.plan, facts.times.received_at
        moments = b"/CreationDate%b/ModDate%b" % (date(made_at), date(made_at))
        fills = {
            plan.fills[page]: stream(content) for page, content in self._contents(facts).items()
        }
        file = b"/Type/EmbeddedFile/Subtype/application#2Fjson/Params<</Size %d%b>>" % (
            len(evidence),
            moments,
        )
        said = b"<</Title%b/Creator(Fingerpost)/Producer%b%b>>"
        return {
            **fills,
            **self._tags(facts),
            plan.evidence: stream(evidence, file),
            plan.metadata: stream(self._packet(facts), b"/Type/Metadata/Subtype/XML"),
            plan.anchors.info: said % (text(title(facts)), text(plan.producer), moments),
        }

    def _contents(self, facts: Facts) -> dict[str, bytes]:
        """Give what is drawn on each page that has something to fill in."""
        drawn = {page: [begun] for page, begun in self._begun.items()}
        for name, said in words(facts).items():
            slot = self.plan.slots[name]
            drawn[str(slot.page)].append(self._line(slot, self._placed[name], said))
        drawn[str(self.plan.drawing.page)].append(self._signature(facts))
        if self.plan.qr and facts.check_address:
            drawn[str(self.plan.qr.page)].append(_qr(self.plan.qr, facts))
        return {page: "".join([*parts, "Q"]).encode() for page, parts in drawn.items()}

    def _line(self, slot: Slot, placed: str, said: str) -> str:
        code = said.translate(self._codes)
        if len(code) != 4 * len(said):
            raise DoesNotFit("letters")
        if sum(map(self._widths.__getitem__, said)) * slot.size > slot.room * 1000:
            raise DoesNotFit("length")
        return f"{placed}<{code}>Tj ET EMC\n"

    def _signature(self, facts: Facts) -> str:
        if facts.method == "typed":
            return self._line(self.plan.typed, self._typed, facts.typed_name or "")
        place, drawing = self.plan.drawing, _drawn(facts)
        colour = " ".join(f"{int(INK[n : n + 2], 16) / 255:.6f}" for n in (1, 3, 5))
        lines = ink(drawing, place.x, place.y)
        return f"/Figure<</MCID {place.mcid}>>BDC {colour} RG {lines} EMC\n"

    def _tags(self, facts: Facts) -> dict[int, bytes]:
        """Give the tags of the pictures, which say in words what they show."""
        place = self.plan.drawing
        if facts.method == "typed":
            tags = {place.tag: _tag(place, b"/S/Span")}
        else:
            wide, tall = extent(_drawn(facts))
            tags = {place.tag: self._figure(place, drawing_title(facts), wide, tall)}
        if (qr := self.plan.qr) and facts.check_address:
            tags[qr.tag] = self._figure(qr, qr_title(facts.check_address), QR_SIDE, QR_SIDE)
        return tags

    def _figure(self, place: Picture, says: str, wide: float, tall: float) -> bytes:
        paper = self.plan.tall[str(place.page)]
        left, top = place.x * 0.75, paper - place.y * 0.75
        box = b"%.2f %.2f %.2f %.2f" % (left, top - tall * 0.75, left + wide * 0.75, top)
        about = b"/S/Figure/Alt%b/A<</O/Layout/Placement/Block/BBox[%b]>>" % (text(says), box)
        return _tag(place, about)

    def _packet(self, facts: Facts) -> bytes:
        said = escape(title(facts), quote=False)
        at = stamp(facts.times.received_at)
        packet = self.plan.packet.replace(SAMPLE_TITLE, said).replace(SAMPLE_STAMP, at)
        return packet.encode()


def _drawn(facts: Facts) -> Drawing:
    if facts.drawing is None:
        raise DoesNotFit("drawing")
    return facts.drawing


def _placed(slot: Slot) -> str:
    return (
        f"/Span<</MCID {slot.mcid}>>BDC {slot.colour} rg BT /Fill {slot.size:g} Tf "
        f"1 0 0 -1 {slot.x:g} {slot.y:g} Tm "
    )


def _qr(place: Picture, facts: Facts) -> str:
    """Draw the dark squares, each row's neighbours as one."""
    rows = quick_squares(facts.check_address or "", facts.code)
    side = QR_SIDE / len(rows)
    runs = [
        f"{run.start()} {row} {run.end() - run.start()} 1 re"
        for row, squares in enumerate(rows)
        for run in DARK.finditer(squares)
    ]
    moved = f"{side:.6f} 0 0 {side:.6f} {place.x:.4f} {place.y:.4f} cm"
    drawn = "\n".join(runs)
    return f"/Figure<</MCID {place.mcid}>>BDC q {BLACK} rg {moved} {drawn} f Q EMC\n"


def _tag(place: Picture, about: bytes) -> bytes:
    return b"<</Type/StructElem/P %d 0 R/Pg %d 0 R/K[%d]%b>>" % (
        place.parent,
        place.paper,
        place.mcid,
        about,
    )
