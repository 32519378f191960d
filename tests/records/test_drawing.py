"""Finger strokes: what is refused, what is kept, and whether the curve is the person's own."""

import json
import math
import os
import shutil
import subprocess
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.drawing import Drawing, curves, pieces, read, samples
from records.errors import DrawingNotAcceptable
from records.picture import svg
from records.points import sheet as checked
from tests.records.fixtures import ROOT, group, point, sheet, wandering

Shapes = list[list[dict[str, str]]]
Points = list[dict[str, object]]
CASES = [wandering(seed) for seed in range(80)]


@pytest.fixture(scope="module")
def library_drawings() -> Shapes:
    """What the vendored signature_pad's own toSVG() draws for each case."""
    if (node := shutil.which("node")) is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node is missing, so our curve cannot be compared with signature_pad's.")
        pytest.skip("Node is missing, so our curve cannot be compared with signature_pad's.")
    pad = ROOT / "tests/vendor/signature_pad.js"
    command = [node, str(ROOT / "tests/records/pad.mjs"), pad.as_uri()]
    run = subprocess.run(
        command, input=json.dumps(CASES), capture_output=True, text=True, check=True
    )
    drawings: Shapes = json.loads(run.stdout)
    return drawings


def test_library_order_draws_what_signature_pad_draws(library_drawings: Shapes) -> None:
    compared = 0
    for groups, shapes in zip(CASES, library_drawings, strict=True):
        paths = [shape for shape in shapes if shape["tag"] == "path"]
        ours = [
            piece
            for stroke in checked(sheet(*groups)).groups
            if len(stroke.points) > 2
            for piece in pieces(samples(stroke), library_order=True)
        ]
        for piece, path in zip(ours, paths, strict=True):
            numbers = [float(n) for n in path["d"].replace(",", " ").split() if n not in "MC"]
            assert [c for spot in piece[:4] for c in spot] == pytest.approx(numbers, abs=0.00051)
            assert piece.end_width * 1.125 == pytest.approx(
                float(path["stroke-width"]), abs=0.00051
            )
            compared += 1
    assert compared > 1000


def test_dots_are_as_thick_as_the_librarys(library_drawings: Shapes) -> None:
    dots = 0
    for groups, shapes in zip(CASES, library_drawings, strict=True):
        ours = [samples(stroke) for stroke in checked(sheet(*groups)).groups]
        single = [stroke[0] for stroke in ours if len(stroke) == 1]
        circles = [shape for shape in shapes if shape["tag"] == "circle"]
        for (x, y, width), circle in zip(single, circles, strict=True):
            assert (x, y, width / 2) == pytest.approx(
                (float(circle["cx"]), float(circle["cy"]), float(circle["r"]))
            )
            dots += 1
    assert dots > 10


def test_only_place_and_thickness_are_kept() -> None:
    drawing = read(sheet(group([point(12.5004, 80, 0), point(20, 90, 16), point(30, 80, 32)])))
    assert drawing == Drawing(600, 200, (((12.5, 80, 3.0), (20, 90, 3.23), (30, 80, 2.8)),))
    assert not any(word in drawing.to_json() for word in ("time", "pressure", "velocity"))


def test_json_brings_the_drawing_back() -> None:
    drawing = read(sheet(*wandering(3)))
    assert Drawing.from_json(drawing.to_json()) == drawing


def test_one_dot_is_a_drawing_that_does_not_grow() -> None:
    drawing = read(sheet(group([point(300, 100, 5)])))
    (piece,) = curves(drawing)[0]
    assert piece.start == piece.end == (300, 100)
    assert float(svg(drawing).split('width="')[1].split('"')[0]) < 30


@pytest.mark.parametrize("times", [[None, None, None], [7, 7, 7], [9, 5, 1], ["x", {}, True]])
def test_a_strange_clock_is_no_reason_to_refuse(times: list[object]) -> None:
    points = [{"x": 10 * i, "y": 5, "time": time} for i, time in enumerate(times)]
    assert [width for _, _, width in read(sheet(group(points))).strokes[0]] == [3, 5, 5]


def test_wrong_pen_settings_fall_back_or_are_bounded() -> None:
    pen = {"minWidth": "thin", "maxWidth": 1e9, "velocityFilterWeight": None, "dotSize": []}
    drawing = read(sheet(group([point(1, 1, 0), point(2, 2, 9), point(3, 3, 18)], **pen)))
    assert all(0.2 <= width <= 40 for _, _, width in drawing.strokes[0])


def test_a_finger_that_slides_off_the_pad_is_kept_at_its_edge() -> None:
    drawing = read(sheet(group([point(-900, 50, 0), point(610, 900, 9)])))
    assert [sample[:2] for sample in drawing.strokes[0]] == [(-120, 50), (610, 240)]


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {"width": 600, "height": 200},
        {"width": 600, "height": 200, "groups": {}},
        sheet(),
        sheet(group([])),
        sheet(group([{"x": 1}])),
        sheet(group([point(math.nan, 1, 1)])),
        sheet(group([point(1, math.inf, 1)])),
        sheet(group([point(1, 10**400, 1)])),
        sheet(group([point(True, 1, 1)])),
        sheet(group([point("1", 1, 1)])),
        sheet(group([point(1e308, 1, 1)])),
        sheet(group([7])),
        sheet({"points": "none"}),
        {"width": 0, "height": 200, "groups": [group([point(1, 1, 1)])]},
        {"width": 600, "height": 10_001, "groups": [group([point(1, 1, 1)])]},
        sheet(*[group([point(1, 1, 1)])] * 501),
        sheet(group([point(1, 1, 1)] * 20_001)),
    ],
    ids=lambda raw: repr(raw)[:40],
)
def test_what_is_no_drawing_is_refused_with_a_sentence(raw: object) -> None:
    with pytest.raises(DrawingNotAcceptable, match=r"^[A-Z].*\.$"):
        read(raw)


def test_twenty_thousand_points_are_taken() -> None:
    points = [
        point(300 + 200 * math.sin(i / 50), 100 + 90 * math.cos(i / 31), i) for i in range(20_000)
    ]
    assert len(read(sheet(group(points))).strokes[0]) == 20_000


def test_unknown_fields_are_ignored() -> None:
    raw = sheet(group([{**point(1, 2, 3), "tilt": 4}], compositeOperation="source-over"))
    assert read({**raw, "dpr": 2}) == read(sheet(group([point(1, 2, 3)])))


def test_the_picture_is_cropped_escaped_and_named() -> None:
    picture = svg(read(sheet(*wandering(5))), title="Signature of <b>Siân</b> & co")
    assert "<title>Signature of &lt;b&gt;Siân&lt;/b&gt; &amp; co</title>" in picture
    assert picture.count("<path") > 3


numbers = (
    st.floats(allow_nan=True, allow_infinity=True) | st.integers() | st.none() | st.text(max_size=3)
)
json_like = st.recursive(
    numbers | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["width", "height", "groups", "points", "x", "y"]), inner)
    ),
    max_leaves=25,
)
points = st.lists(
    st.builds(point, st.floats(0, 600), st.floats(0, 200), numbers), min_size=1, max_size=12
)
strokes = st.lists(
    st.builds(group, points, minWidth=numbers, maxWidth=numbers), min_size=1, max_size=3
)


@given(json_like)
@settings(deadline=None)
def test_anything_is_read_or_refused(raw: object) -> None:
    with suppress(DrawingNotAcceptable):
        assert curves(read(raw))


@given(strokes)
@settings(deadline=None)
def test_the_curve_meets_every_sample_without_a_kink(groups: Points) -> None:
    drawing = read(sheet(*groups))
    for stroke, drawn in zip(drawing.strokes, curves(drawing), strict=True):
        spots = [drawn[0].start, *(piece.end for piece in drawn)]
        assert spots == ([s[:2] for s in stroke] if len(stroke) > 1 else [stroke[0][:2]] * 2)
        for before, after in pairwise(drawn):
            into = math.dist(before.handle2, before.end)
            out = math.dist(after.start, after.handle1)
            whole = math.dist(before.handle2, after.handle1)
            assert into + out == pytest.approx(whole, abs=1e-6)
    assert "nan" not in svg(drawing)
