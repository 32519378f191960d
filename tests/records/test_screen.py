"""The curve that the tablet draws under the finger is the curve that the record holds."""

import json
import subprocess

import pytest

from records.drawing import Piece, curves, read
from records.picture import STEP, stepped
from tests.needs import needs
from tests.records.fixtures import ROOT, group, point, sheet, wandering

SPECIAL = [
    [group([point(20, 30, 5)]), group([point(20, 30, 5)], dotSize=1.5)],
    [group([point(1, 1, 0), point(90, 9, 16)])],
    [group([point(1, 1, 9), point(1, 1, 9), point(5, 60, 3), point(5, 60, 30)])],
]
CASES = [*SPECIAL, *(wandering(seed) for seed in range(60))]
# Both round to a hundredth, at different moments.
NEAR = 0.015

Shown = list[list[list[dict[str, list]]]]


@pytest.fixture(scope="module")
def on_screen() -> Shown:
    """What static/js/lib/curve.js makes of each case."""
    curve = (ROOT / "static/js/lib/curve.js").as_uri()
    command = ["node", str(ROOT / "tests/records/screen.mjs"), curve]
    run = subprocess.run(
        command, input=json.dumps(CASES), capture_output=True, text=True, check=True
    )
    shown: Shown = json.loads(run.stdout)
    return shown


@needs("node")
def test_the_screen_draws_the_pieces_of_the_record(on_screen: Shown) -> None:
    compared = 0
    for groups, shown in zip(CASES, on_screen, strict=True):
        for ours, theirs in zip(curves(read(sheet(*groups))), shown, strict=True):
            for piece, drawn in zip(ours, theirs, strict=True):
                assert drawn["numbers"] == pytest.approx(numbers(piece), abs=NEAR)
                compared += 1
    assert compared > 1000


@needs("node")
def test_the_screen_changes_thickness_where_the_record_does(on_screen: Shown) -> None:
    parts = 0
    for shown in on_screen:
        for drawn in (piece for stroke in shown for piece in stroke):
            x0, y0, x1, y1, x2, y2, x3, y3, start_width, end_width = drawn["numbers"]
            piece = Piece((x0, y0), (x1, y1), (x2, y2), (x3, y3), start_width, end_width)
            expected = [list(part) for part in stepped(piece, STEP)]
            # A thickness halfway between two steps may go either way.
            assert len(drawn["parts"]) == len(expected)
            for one, other in zip(drawn["parts"], expected, strict=True):
                assert one[0] == pytest.approx(other[0], abs=0.2501)
                assert one[1:] == pytest.approx(other[1:], abs=1e-6)
                parts += 1
    assert parts > 2000


def numbers(piece: Piece) -> list[float]:
    return [*(c for spot in piece[:4] for c in spot), piece.start_width, piece.end_width]
