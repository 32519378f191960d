"""Names and titles as they stand in an address."""

import pytest

from models.names import in_address


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("Ysgol Tŷ'r Môr", "ysgol-tyr-mor"),
        ("E-Safety & ICT (2026)", "e-safety-ict-2026"),
        ("Children’s phones", "childrens-phones"),
        ("Zażółć Łódź", "zazolc-lodz"),
        ("陳", ""),
    ],
)
def test_letters_stay_without_their_accents(words: str, there: str) -> None:
    assert in_address(words) == there
