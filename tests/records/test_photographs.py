"""Photographs of a paper: upright, small, and empty of all else; a sentence for hostile ones."""

import io

import pytest
from PIL import Image

from records import photographs
from records.photographs import PhotographRefused, straightened
from tests.records.photos import MAKER, ON_ITS_SIDE, PLACE, bomb, opened, photograph


def test_what_a_telephone_knows_is_gone() -> None:
    sent = photograph()
    assert opened(sent).getexif().get_ifd(PLACE)
    assert opened(sent).getexif()[MAKER] == "A telephone"
    kept = straightened(sent)
    assert dict(opened(kept).getexif()) == {}
    for secret in (b"Exif", b"A telephone", b"ICC_PROFILE", b"http://ns.adobe.com"):
        assert secret not in kept


def test_is_upright_as_it_was_held() -> None:
    kept = opened(straightened(photograph(turn=ON_ITS_SIDE)))
    assert kept.size == (900, 1200)
    red = kept.convert("RGB").getpixel((kept.width - 20, 20))
    assert isinstance(red, tuple)
    assert red[0] > 200
    assert red[2] < 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_fits_a_page_and_stays_small(kind: str) -> None:
    kept = straightened(photograph(3000, 4000, kind=kind))
    assert opened(kept).format == "JPEG"
    assert opened(kept).size == (1400, 1867)
    assert len(kept) < 400_000


def test_what_is_seen_through_becomes_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(straightened(file.getvalue())).getpixel((200, 200)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK", "1", "P", "I;16"])
def test_every_kind_of_colour_is_read(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (400, 400)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(straightened(file.getvalue())).mode == "RGB"


def test_a_telephone_that_keeps_two_pictures_in_one_file_is_read() -> None:
    file, picture = io.BytesIO(), Image.new("RGB", (400, 500), "navy")
    picture.save(file, "MPO", save_all=True, append_images=[Image.new("RGB", (400, 500))])
    kept = opened(straightened(file.getvalue()))
    assert (kept.format, kept.size, kept.mode) == ("JPEG", (400, 500), "RGB")


def small(kind: str = "JPEG", size: tuple[int, int] = (200, 900)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size).save(file, kind)
    return file.getvalue()


HOSTILE = {
    "nothing": (b"", "not a photograph"),
    "words": (b"Dear manager, " * 100, "not a photograph"),
    "a pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "Please take a photograph of each signed page"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "save it as JPEG first"),
    "a gif": (b"GIF89a" + bytes(100), "not a photograph"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a photograph"),
    "cut off": (photograph()[:9000], "damaged"),
    "only a head": (b"\xff\xd8\xff\xe0" + bytes(60), "damaged"),
    "a bomb": (bomb(), "too large"),
    "too small": (small(), "too small"),
    "too long": (b"\xff\xd8\xff" + bytes(photographs.MOST_BYTES), "too large"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_cannot_be_read_gets_a_sentence(kind: str) -> None:
    data, words = HOSTILE[kind]
    with pytest.raises(PhotographRefused) as refused:
        straightened(data)
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith(".")


def test_a_child_that_is_ended_by_its_limits_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photographs, "SECONDS", 0)
    with pytest.raises(photographs.TooLargePhotograph):
        straightened(photograph())
