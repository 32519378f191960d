"""The pad alone on the tablet's page, where a test can see its samples and its ink."""

import base64
import io
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, Route

# Whatever the edition: the relative imports between modules stay within it.
MODULES = "/static/tests/js"
ORACLE = Path(__file__).resolve().parents[1] / "vendor" / "signature_pad.js"
LAY_OUT = """async ({pad, drawing, size: [width, height]}) => {
  const { Pad } = await import(pad);
  const paper = document.createElement('div');
  paper.className = 'paper';
  Object.assign(paper.style, {position: 'fixed', left: '40px', top: '90px', zIndex: 9,
    inlineSize: width + 'px', blockSize: height + 'px', minBlockSize: 0, maxBlockSize: 'none'});
  const canvas = document.createElement('canvas');
  paper.append(canvas);
  document.body.append(paper);
  window.ended = new AbortController();
  window.strokes = 0;
  window.pad = new Pad(canvas, window.ended.signal, {drawing, onStroke: () => window.strokes++});
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""
FRAMES = "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(() => r())))"


class Sheet:
    """A sheet of a known size at a known place, listening to real fingers."""

    def __init__(self, page: Page, size: tuple[int, int] = (600, 260), drawing: Any = None) -> None:
        self.page = page
        self.box = {"x": 41, "y": 91, "width": size[0] - 2, "height": size[1] - 2}
        wanted = {"pad": f"{MODULES}/kiosk/pad.js", "drawing": drawing, "size": size}
        page.evaluate(LAY_OUT, wanted)

    def drawing(self) -> dict[str, Any]:
        """What the pad would send."""
        self.page.evaluate(FRAMES)
        drawing: dict[str, Any] = self.page.evaluate("() => window.pad.drawing()")
        return drawing

    def points(self) -> list[tuple[float, float]]:
        """Every kept sample, counted from the sheet's corner."""
        return [(p["x"], p["y"]) for group in self.drawing()["groups"] for p in group["points"]]

    def ink(self) -> Image.Image:
        """The canvas: white where there is ink, black elsewhere, in the screen's own pixels."""
        self.page.evaluate(FRAMES)
        url = self.page.evaluate("() => window.pad.canvas.toDataURL('image/png')")
        picture = Image.open(io.BytesIO(base64.b64decode(url.split(",", 1)[1])))
        return picture.convert("RGBA").getchannel("A")

    def resize(self, width: int, height: int) -> None:
        """Give the sheet another size."""
        self.page.evaluate(
            "([w, h]) => Object.assign(window.pad.canvas.parentElement.style,"
            " {inlineSize: w + 'px', blockSize: h + 'px'})",
            [width, height],
        )
        self.page.evaluate(FRAMES)

    def watched_by_signature_pad(self) -> None:
        """Let the library hear the same fingers on the same canvas."""
        address = f"{MODULES}/oracle.js"
        self.page.route(f"**{address}", _oracle)
        self.page.evaluate(
            "async (path) => { const {default: SignaturePad} = await import(path);"
            " window.oracle = new SignaturePad(window.pad.canvas); }",
            address,
        )


def _oracle(route: Route) -> None:
    route.fulfill(body=ORACLE.read_text(encoding="utf-8"), content_type="text/javascript")
