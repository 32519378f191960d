"""What the tests of the records room sign with: drawings, facts and the starting agreement."""

import hashlib
import io
import math
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pikepdf
from PIL import Image

from records.cms import CmsSigner
from records.comparison import Side, compare
from records.drawing import Drawing, read
from records.evidence import Making, evidence
from records.facts import ChainHead, Changes, Facts, Reading, SettingFacts, Times, VersionFacts
from records.page import filling, html, render
from records.paper_evidence import evidence_of_paper
from records.paper_facts import PageOfPaper, PaperFacts
from records.paper_page import render_paper
from records.reserve import add_seal_field, anchors, saved
from records.tail import sealed_tail
from records.text import sha256

ROOT = Path(__file__).parents[2]
WORDING = (
    "I have read and understood the above and agree to use the Pre-School ICT systems (both in and "
    "out of Pre-school) and my own devices (in Pre-school and when carrying out communications "
    "related to the Pre-school) within these guidelines."
)


def group(points: list[dict[str, object]], **pen: object) -> dict[str, object]:
    """One of signature_pad's point groups, with its usual pen."""
    usual = {"penColor": "black", "dotSize": 0, "minWidth": 0.5, "maxWidth": 2.5}
    return {**usual, "velocityFilterWeight": 0.7, "points": points, **pen}


def point(x: float, y: float, time: float) -> dict[str, object]:
    return {"x": x, "y": y, "time": time, "pressure": 0.5}


def wandering(seed: int) -> list[dict[str, object]]:
    """Random strokes within a pad of 600 by 200, some of them dots and two-point dashes."""
    rng = random.Random(seed)
    groups, time = [], 1_763_970_000_000
    for _ in range(rng.randint(1, 4)):
        x, y, points = rng.uniform(0, 600), rng.uniform(0, 200), []
        for _ in range(rng.choice([1, 2, 3, 4, 17, 40])):
            x = min(max(x + rng.uniform(-25, 25), 0), 600)
            y = min(max(y + rng.uniform(-25, 25), 0), 200)
            time += rng.choice([0, 1, 8, 16, 33])
            points.append(point(round(x, 4), round(y, 4), time))
        thin, thick = rng.uniform(0.2, 1.5), rng.uniform(1.5, 4)
        pen = {"minWidth": thin, "maxWidth": thick, "velocityFilterWeight": rng.random()}
        groups.append(group(points, **pen, dotSize=rng.choice([0, 1.5])))
    return groups


def sheet(*groups: dict[str, object]) -> dict[str, object]:
    return {"width": 600, "height": 200, "groups": list(groups)}


def signature() -> Drawing:
    """Something that looks like handwriting: loops that lean to the right, then a flourish."""
    groups, time = [], 1_763_970_000_000
    for start, loops, tall in ((60, 5, 38), (290, 4, 26)):
        points = []
        for step in range(loops * 12):
            turn = step / 12 * 2 * math.pi
            x = start + step * 3.4 + 14 * math.cos(turn) + 6 * math.sin(turn)
            y = 110 - tall * math.sin(turn) * (1 - step / (loops * 24))
            time += 16
            points.append(point(round(x, 2), round(y, 2), time))
        groups.append(group(points))
    flourish = [point(70 + 14 * i, 165 - 9 * math.sin(i / 4), time + 5 * i) for i in range(30)]
    return read(sheet(*groups, group(flourish)))


def setting(**changes: object) -> SettingFacts:
    usual = SettingFacts(
        name="Bluebell Pre-School",
        charity_number="1072298",
        ofsted_urn="EY123456",
        address="The Village Hall, Church Lane\nNailsea BS48 1AA",
        logo=None,
        time_zone="Europe/London",
    )
    return replace(usual, **changes)


def version(**changes: object) -> VersionFacts:
    text = (ROOT / "agreements/starter/agreement.md").read_text(encoding="utf-8")
    usual = VersionFacts(
        id=UUID("01920000-0000-7000-8000-00000000000a"),
        agreement_id=UUID("01920000-0000-7000-8000-00000000000b"),
        title="Social Media Networking Policy",
        number=1,
        text=text,
        text_sha256=sha256(text),
        published_at=datetime(2026, 9, 1, 8, 30, tzinfo=UTC),
        signoff_title="E Safety Staff and Officer Acceptable Use Policy Agreement",
        name_label="Staff/Officer Name:",
    )
    given = {"text_sha256": sha256(str(changes["text"]))} if "text" in changes else {}
    return replace(usual, **{**given, **changes})


def facts(**changes: object) -> Facts:
    """Siân Llewellyn, an agency worker, signs the starting agreement at 08:47."""
    signed = datetime(2026, 11, 24, 8, 47, 3, 120_000, tzinfo=UTC)
    usual = Facts(
        record_id=UUID("01920000-0000-7000-8000-000000000001"),
        sitting_id=UUID("01920000-0000-7000-8000-000000000002"),
        code="7GHK-2M4P-QR9S-T3VX",
        setting=setting(),
        version=version(),
        wording=WORDING,
        full_name="Siân Llewellyn",
        category="agency_worker",
        organisation="Bright Staff Ltd",
        under_18=False,
        method="drawn",
        typed_name=None,
        witness=None,
        drawing=signature(),
        times=Times(
            device_signed_at=signed,
            sent_at=signed + timedelta(seconds=1),
            received_at=signed + timedelta(seconds=1, milliseconds=220),
            offset_seconds=0.22,
            effective_at=signed,
            basis="device",
        ),
        reading=Reading(
            opened_at=signed - timedelta(minutes=3),
            reached_end_at=signed - timedelta(seconds=40),
            furthest=1.0,
            read_aloud=False,
            text_size="normal",
        ),
        tablet_id=UUID("01920000-0000-7000-8000-000000000004"),
        tablet_name="Front door",
        head=ChainHead(sequence=41, hash="9f" * 32),
        check_address="https://fingerpost.example/verify/7GHK-2M4P-QR9S-T3VX",
    )
    return replace(usual, **changes)


def compared(since: int = 1) -> Changes:
    """The starting agreement, where one word became another eight times."""
    text = version().text
    sides = [
        Side(number, "Policy", words, None, (WORDING,))
        for number, words in ((since, text), (since + 1, text.replace("must not", "must never")))
    ]
    found = compare(*sides)
    return Changes(since, found.sha256, found.as_json)


def logo() -> bytes:
    """A PNG that fades from see-through to solid."""
    picture = Image.new("RGBA", (60, 30))
    picture.putdata([(200, 80, 30, 4 * (n % 60)) for n in range(60 * 30)])
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


WHOLE = Making("whole", why_whole="no_template")


def printed_of(says: Facts) -> bytes:
    """A record laid out by itself and not sealed, as the child's press prints it."""
    return render(says.fixed, filling(says), evidence(says, WHOLE))


def page_of(says: Facts) -> str:
    """The HTML of a record that is laid out by itself."""
    return html(says.fixed, filling(says))


def sealed_of(pdf: bytes, signer: CmsSigner, at: datetime) -> bytes:
    """Any tagged PDF with a field for the seal, sealed."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        add_seal_field(opened)
        file = saved(opened)
    return file + sealed_tail(anchors(file), hashlib.sha256(file), {}, signer, at).tail


SHORT = version(text="# Rules\n\nBe kind.")


def paper_facts(*jpegs: bytes, **changes: object) -> PaperFacts:
    """Siân Llewellyn signed the starting agreement on paper; Bob filed it four days later."""
    on_tablet = facts()
    pages = [PageOfPaper(jpeg, hashlib.sha256(jpeg).hexdigest(), "5e" * 32) for jpeg in jpegs]
    usual = PaperFacts(
        record_id=on_tablet.record_id,
        code=on_tablet.code,
        setting=on_tablet.setting,
        version=on_tablet.version,
        wording=WORDING,
        full_name=on_tablet.full_name,
        category=on_tablet.category,
        organisation=on_tablet.organisation,
        under_18=False,
        signed_on=date(2026, 11, 20),
        seen_by="Ann Abel",
        filed_by="Bob Brown",
        filed_by_id=UUID("01920000-0000-7000-8000-000000000005"),
        filed_at=datetime(2026, 11, 24, 18, 5, 30, tzinfo=UTC),
        pages=tuple(pages),
        head=on_tablet.head,
        check_address=on_tablet.check_address,
    )
    return replace(usual, **changes)


def printed_paper(says: PaperFacts) -> bytes:
    """The record of a paper, not sealed, as the child's press prints it."""
    return render_paper(says, evidence_of_paper(says, Making("whole", why_whole="paper")))
