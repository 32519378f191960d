"""Static files come in the smallest form that the browser reads."""

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

from web.assets import JOINED_SHEETS, STATIC, edition

SHEET = "css/base.css"
TEMPLATES = STATIC.parent / "templates"


@pytest.mark.parametrize(
    ("reads", "way"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("", None),
    ],
)
def test_packs_as_the_browser_reads_it(
    raw_client: FlaskClient, reads: str, way: str | None
) -> None:
    address = f"/static/{edition()}/{SHEET}"
    response = raw_client.get(address, headers={"Accept-Encoding": reads})
    assert response.headers.get("Content-Encoding") == way
    assert "Accept-Encoding" in response.headers["Vary"]
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[way]
    assert unpack(response.get_data()) == (STATIC / SHEET).read_bytes()


def test_every_sheet_is_asked_for() -> None:
    """A sheet that nobody asks for says nothing; the desk's own come as one file."""
    assert sum(name.startswith("doors/desk") for name in JOINED_SHEETS["desk.css"]) > 9
    templates = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.html"))
    joined = {name for names in JOINED_SHEETS.values() for name in names}
    files = {file.relative_to(STATIC / "css").with_suffix("") for file in STATIC.rglob("*.css")}
    left = [str(file) for file in files if str(file) not in joined]
    assert [name for name in left if f"css/{name}.css" not in templates] == []
