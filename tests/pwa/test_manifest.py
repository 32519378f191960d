"""The manifest: every picture it names can be had, in the size that it promises."""

import struct
from typing import Any

import pytest
from flask.testing import FlaskClient

HEADER = struct.Struct(">8s4x4sII")


def manifest(client: FlaskClient) -> dict[str, Any]:
    """What a tablet is told before it installs the page."""
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told: dict[str, Any] = answer.get_json(force=True)
    return told


def size_of(client: FlaskClient, address: str) -> str:
    """The size that a PNG's own header gives."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/png"), address
    signature, chunk, width, height = HEADER.unpack(answer.data[: HEADER.size])
    assert (signature, chunk) == (b"\x89PNG\r\n\x1a\n", b"IHDR")
    return f"{width}x{height}"


@pytest.mark.parametrize("kind", ["icons", "screenshots"])
def test_pictures_are_as_large_as_promised(raw_client: FlaskClient, kind: str) -> None:
    pictures = manifest(raw_client)[kind]
    assert pictures
    for picture in pictures:
        assert size_of(raw_client, picture["src"]) == picture["sizes"], picture["src"]


def test_there_is_a_screenshot_for_each_shape(raw_client: FlaskClient) -> None:
    shots = manifest(raw_client)["screenshots"]
    assert {shot["form_factor"] for shot in shots} == {"wide", "narrow"}
    for shot in shots:
        assert shot["label"]
        assert len(raw_client.get(shot["src"]).data) < 100_000, "a slow line waits for it"


def test_there_is_an_icon_that_may_be_cut_round(raw_client: FlaskClient) -> None:
    assert {icon["purpose"] for icon in manifest(raw_client)["icons"]} == {"any", "maskable"}
