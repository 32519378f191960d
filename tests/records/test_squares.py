"""The QR code that is put together from bits is the one that the library makes."""

import pytest

from records.codes import new_code
from records.squares import quick_squares, squares


def rows(address: str) -> list[str]:
    """The library's squares as rows of 0 and 1."""
    return ["".join(str(square) for square in row) for row in squares(address).matrix]


@pytest.mark.parametrize(
    "start",
    [
        "https://fingerpost.example/verify/",
        "http://10.0.0.7:8000/verify/",
        "https://a-very-long-name-of-a-pre-school.and-of-its-county.example.org/verify/",
    ],
)
def test_every_code_has_its_squares(start: str) -> None:
    for code in ("0000-0000-0000-0000", "ZZZZ-ZZZZ-ZZZZ-ZZZZ", *(new_code() for _ in range(20))):
        assert quick_squares(start + code, code) == rows(start + code)
