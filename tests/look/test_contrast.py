"""Every declared pair of colours can be read, by day and by night."""

import pytest

from tests.look.tokens import Pair, comments, contrast, meanings, pairs


@pytest.mark.parametrize("mode", ["day", "night"])
@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: f"{pair.above}-on-{pair.ground}")
def test_pair_can_be_read(pair: Pair, mode: str) -> None:
    found = meanings()[mode]
    ratio = contrast(found[pair.above], found[pair.ground])
    assert ratio >= pair.least, f"--{pair.above} on --{pair.ground} by {mode}: {ratio:.2f}"


def test_each_meaning_says_what_it_is_read_on() -> None:
    silent = [
        name
        for name, comment in comments().items()
        if not comment.startswith(("ground", "decoration", "on "))
    ]
    assert not silent, f"say in tokens.css what these are read on: {silent}"


def test_body_text_keeps_seven_to_one() -> None:
    body = {pair.ground: pair.least for pair in pairs() if pair.above == "text"}
    assert set(body) >= {"surface", "sheet"}
    assert min(body.values()) >= 7


def test_contrast_is_the_published_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
