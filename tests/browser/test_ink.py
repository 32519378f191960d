"""Ink under a real finger: nothing is lost, nothing is added, and it looks as the record will."""

import io
import math
import re
from collections.abc import Callable

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from playwright.sync_api import Page, expect

from records.drawing import curves, read
from records.picture import INK, svg
from tests.browser.conftest import LANDSCAPE, PHONE, TABLET
from tests.browser.finger import Fingers, Spot, middle, scroll
from tests.browser.sheet import Sheet
from tests.browser.test_tablet import INK as INK_ON_SCREEN
from tests.browser.test_tablet import to_the_signature

RATIO = 2
THINNEST, THICKEST = 1, 5
PADS = [TABLET, LANDSCAPE, PHONE]


@pytest.fixture
def page(paired: Callable[..., Page]) -> Page:
    """The tablet's page, at its welcome."""
    page = paired()
    expect(page.get_by_role("button", name="Tap to begin")).to_be_visible()
    return page


@pytest.mark.parametrize("shape", PADS, ids=["portrait", "landscape", "phone"])
def test_the_tap_after_a_flicked_stroke_counts(
    paired: Callable[..., Page], shape: dict[str, object]
) -> None:
    page = paired(shape)
    to_the_signature(page)
    box = box_of(page)
    fingers, undo = Fingers(page), middle(page, "Undo")
    for _ in range(3):
        fingers.draw(flick(box))
        assert page.evaluate(INK_ON_SCREEN) > 0
        fingers.tap(undo)
        expect(page.get_by_role("button", name="Undo")).to_be_disabled()
        assert page.evaluate(INK_ON_SCREEN) == 0


def test_every_sample_is_kept(page: Page) -> None:
    sheet = Sheet(page)
    spots = scroll(sheet.box, 300)
    Fingers(page).draw(spots)
    kept = sheet.points()
    assert len(kept) >= 0.98 * len(spots)
    corner = sheet.box["x"], sheet.box["y"]
    for spot in spots:
        seen = spot[0] - corner[0], spot[1] - corner[1]
        assert min(math.dist(seen, point) for point in kept) < 0.31


def test_a_second_finger_and_a_palm_draw_nothing(page: Page) -> None:
    sheet = Sheet(page)
    path = scroll(sheet.box, 40)
    fingers = Fingers(page).touch(path[0]).move(*path[1:20])
    fingers.touch((120, 320), finger=2).move((500, 330), (510, 100), finger=2)
    fingers.move(*path[20:]).lift(finger=2).lift()
    (group,) = sheet.drawing()["groups"]
    assert max(p["y"] for p in group["points"]) < 0.8 * sheet.box["height"]
    assert 0.98 * len(path) <= len(group["points"]) <= len(path) + 1


def test_a_pen_takes_over_from_the_palm(page: Page) -> None:
    sheet = Sheet(page)
    fingers = Fingers(page).touch((500, 320)).move((501, 321), (502, 322))
    pen = {"pointerType": "pen", "button": "left", "force": 0.6}
    for kind, x in [("mousePressed", 100), ("mouseMoved", 160), ("mouseReleased", 160)]:
        event = pen | {"type": kind, "x": x, "y": 150, "clickCount": 1, "buttons": 1}
        fingers.session.send("Input.dispatchMouseEvent", event)
    fingers.move((510, 330)).lift()
    (group,) = sheet.drawing()["groups"]
    assert [(p["x"], p["y"]) for p in group["points"]] == [(59, 59), (119, 59)]


def test_a_mouse_draws(page: Page) -> None:
    sheet = Sheet(page)
    page.mouse.move(100, 150)
    page.mouse.down()
    page.mouse.move(300, 250, steps=10)
    page.mouse.up()
    page.mouse.move(400, 150, steps=5)
    points = sheet.points()
    assert points[0] == (59, 59)
    assert points[-1] == (259, 159)


def test_a_cancelled_touch_keeps_what_was_drawn(page: Page) -> None:
    sheet = Sheet(page)
    path = scroll(sheet.box, 40)
    fingers = Fingers(page).touch(path[0]).move(*path[1:20]).cancel()
    fingers.draw([(100, 320), (200, 325)])
    first, second = sheet.drawing()["groups"]
    assert 19 <= len(first["points"]) <= 20
    assert len(second["points"]) == 2


def test_turning_in_mid_stroke_keeps_the_stroke(paired: Callable[..., Page]) -> None:
    """The narrower sheet makes the stroke smaller; the finger goes on where it is."""
    page = paired(LANDSCAPE)
    somebody = to_the_signature(page)
    wide = box_of(page)
    fingers = Fingers(page).touch((wide["x"] + 20, wide["y"] + 60))
    fingers.move(*[(wide["x"] + 20 + i * wide["width"] / 40, wide["y"] + 60) for i in range(39)])
    before = page.evaluate(INK_ON_SCREEN)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("canvas")).not_to_have_js_property("width", round(wide["width"]))
    turned = page.evaluate(INK_ON_SCREEN)
    narrow = box_of(page)
    assert turned > 0.7 * before * narrow["width"] / wide["width"]
    fingers.move(*[(narrow["x"] + 20 + 12 * i, narrow["y"] + 100) for i in range(20)]).lift()
    whole = page.evaluate(INK_ON_SCREEN)
    assert whole > 1.3 * turned
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("canvas")).to_have_js_property("width", round(wide["width"]))
    assert page.evaluate(INK_ON_SCREEN) > 0.9 * whole
    somebody.press("Undo")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    assert page.evaluate(INK_ON_SCREEN) == 0


@pytest.mark.parametrize("samples", [60, 200], ids=["quick", "careful"])
def test_the_ink_is_where_the_finger_was(page: Page, samples: int) -> None:
    sheet = Sheet(page)
    Fingers(page).draw(scroll(sheet.box, samples))
    # The finger's true way is smooth, however seldom the panel looked.
    true = [(x - sheet.box["x"], y - sheet.box["y"]) for x, y in scroll(sheet.box, 6000)]
    ink = sheet.ink()
    assert share(drawn(ink.size, true, THINNEST), inside=grown(ink, 1)) == 1
    assert share(ink, inside=drawn(ink.size, true, THICKEST + 2)) == 1


def test_the_ink_is_the_record_s(page: Page, open_page: Callable[..., Page]) -> None:
    """After the fingers have left: the canvas beside the SVG that goes into the record."""
    sheet = Sheet(page)
    fingers = Fingers(page)
    fingers.draw(scroll(sheet.box, 50)).draw(flick(sheet.box)).tap((120, 130))
    screen = sheet.ink()
    drawing = read(sheet.drawing())
    assert [len(stroke) for stroke in curves(drawing)][-1] == 1
    record = printed(open_page(TABLET), svg(drawing), screen.size)
    assert share(screen, inside=grown(record, 0.5)) == 1
    assert share(record, inside=grown(screen, 0.5)) == 1


def test_nothing_is_painted_twice_while_the_finger_moves(page: Page) -> None:
    sheet = Sheet(page)
    page.evaluate(
        "() => { const count = (name) => { const real = CanvasRenderingContext2D.prototype[name];"
        " window[name] = 0; CanvasRenderingContext2D.prototype[name] = function (...all) {"
        " window[name] += 1; return real.apply(this, all); }; };"
        " ['clearRect', 'bezierCurveTo'].forEach(count); }"
    )
    path = scroll(sheet.box, 200)
    Fingers(page).draw(path)
    kept = len(sheet.points())
    assert page.evaluate("() => window.clearRect") == 0
    # Each piece for good and, once a frame, the newest one; thickness changes cost a few more.
    assert page.evaluate("() => window.bezierCurveTo") < 3.5 * kept


def test_undo_clear_and_smaller_sheets_work_from_the_samples(page: Page) -> None:
    sheet = Sheet(page)
    fingers = Fingers(page).draw(scroll(sheet.box, 50))
    first = sheet.ink()
    fingers.draw([(60, 110), (600, 330)])
    page.evaluate("() => window.pad.undo()")
    again = sheet.ink()
    assert share(first, inside=grown(again, 0.5)) == share(again, inside=grown(first, 0.5)) == 1
    sheet.resize(300, 130)
    small = sheet.ink()
    assert small.size == (298 * RATIO, 128 * RATIO)
    assert small.getbbox() is not None
    assert max(x for x, _ in sheet.points()) <= 298
    page.evaluate("() => window.pad.clear()")
    assert sheet.ink().getbbox() is None
    assert sheet.drawing()["groups"] == []


def test_undo_in_mid_stroke_takes_that_stroke(page: Page) -> None:
    sheet = Sheet(page)
    path = scroll(sheet.box, 40)
    fingers = Fingers(page).draw(flick(sheet.box)).touch(path[0]).move(*path[1:20])
    page.evaluate("() => window.pad.undo()")
    fingers.move(*path[20:]).lift()
    (group,) = sheet.drawing()["groups"]
    assert len(group["points"]) <= len(flick(sheet.box)) + 1


def test_a_full_sheet_takes_no_more_and_keeps_what_it_has(page: Page) -> None:
    almost = [{"x": 10 + i % 300, "y": 20 + i % 7, "time": i} for i in range(7990)]
    pen = {"penColor": "navy", "dotSize": 0, "minWidth": 0.5, "maxWidth": 2.5}
    group = pen | {"velocityFilterWeight": 0.7, "points": almost}
    sheet = Sheet(page, drawing={"width": 598, "height": 258, "groups": [group]})
    fingers = Fingers(page).draw(scroll(sheet.box, 60)).draw(flick(sheet.box))
    assert [len(group["points"]) for group in sheet.drawing()["groups"]] == [7990, 10]
    assert page.evaluate("() => window.pad.full") is True
    page.evaluate("() => window.pad.undo()")
    fingers.draw(flick(sheet.box)[:3])
    assert len(sheet.drawing()["groups"]) == 2


def test_signature_pad_hears_the_same(page: Page) -> None:
    """The oracle: the same fingers, the same shape of data; and it can draw what we kept."""
    sheet = Sheet(page)
    sheet.watched_by_signature_pad()
    Fingers(page).draw(scroll(sheet.box, 120)).draw(flick(sheet.box)).tap((120, 130))
    ours = sheet.drawing()["groups"]
    theirs = page.evaluate("() => window.oracle.toData()")
    assert len(ours) == len(theirs) == 3
    for our, their in zip(ours, theirs, strict=True):
        assert our.keys() == their.keys()
        assert {k: our[k] for k in our if k not in {"points", "penColor"}} == {
            k: their[k] for k in their if k not in {"points", "penColor"}
        }
        for point in their["points"]:
            assert point.keys() - {"pressure"} == our["points"][0].keys()
            near = min(our["points"], key=lambda p, q=point: math.dist(xy(p), xy(q)))
            assert xy(near) == pytest.approx(xy(point), abs=0.31)
            assert near["time"] == pytest.approx(point["time"], abs=1000)
    page.evaluate("(groups) => window.oracle.fromData(groups)", ours)
    assert page.evaluate("() => window.oracle.toData()") == ours


def test_leaving_the_step_leaves_no_ink(page: Page) -> None:
    sheet = Sheet(page)
    path = scroll(sheet.box, 40)
    fingers = Fingers(page).touch(path[0]).move(*path[1:20])
    page.evaluate("() => window.ended.abort()")
    fingers.move(*path[20:]).lift()
    assert sheet.ink().getbbox() is None
    assert sheet.drawing()["groups"] == []


def box_of(page: Page) -> dict[str, float]:
    """Where the sheet is."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    return dict(box)


def flick(box: dict[str, float]) -> list[Spot]:
    """A quick stroke to the right that ends in full motion."""
    left, top = box["x"] + 30, box["y"] + box["height"] * 0.4
    return [(left + 22 * i, top + 3 * i) for i in range(12)]


def xy(point: dict[str, float]) -> Spot:
    return point["x"], point["y"]


def grown(ink: Image.Image, pixels: float) -> Image.Image:
    """The same ink, wider by this many CSS pixels on all sides."""
    return ink.filter(ImageFilter.MaxFilter(int(2 * RATIO * pixels) + 1))


def drawn(size: tuple[int, int], path: list[Spot], width: float) -> Image.Image:
    """A path as a round pen of this many CSS pixels draws it."""
    picture, radius = Image.new("L", size), RATIO * width / 2
    pen = ImageDraw.Draw(picture)
    for x, y in path:
        pen.circle((RATIO * x, RATIO * y), radius, fill=255)
    return picture


def share(ink: Image.Image, *, inside: Image.Image) -> float:
    """How much of the ink lies inside, from 0 to 1."""
    black, wide = (picture.point(lambda value: 255 * (value > 127)) for picture in (ink, inside))
    both = ImageChops.darker(black, wide).histogram()[255]
    return both / black.histogram()[255]


def printed(page: Page, picture: str, size: tuple[int, int]) -> Image.Image:
    """The record's SVG at its place on a sheet of this size, as ink."""
    found = re.search(r'viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"', picture)
    assert found is not None
    left, top, width, height = map(float, found.groups())
    at = f"position:absolute;left:{left}px;top:{top}px;width:{width}px;height:{height}px"
    page.set_content(f'<body style="margin:0">{picture.replace("<svg", f"<svg style={at!r}", 1)}')
    clip = {"x": 0, "y": 0, "width": size[0] / RATIO, "height": size[1] / RATIO}
    shown = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
    darkest = Image.new("RGB", (1, 1), INK).convert("L").getpixel((0, 0))
    return ImageChops.invert(shown).point(lambda value: min(255, value * 255 // (255 - darkest)))
