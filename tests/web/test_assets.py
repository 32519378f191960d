"""Static files come in the smallest form that the browser reads."""

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

from web.assets import STATIC, edition

SHEET = "css/base.css"


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
