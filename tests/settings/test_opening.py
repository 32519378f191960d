"""The first setting is opened once, whoever asks and however late they ask."""

import pytest

from models.links import LinkNotUsable, new_link, usable_link
from models.managers import manager_by_email
from models.settings import all_settings
from models.writing import writing
from settings.opening import AlreadySetUp, Opening, open_first_setting
from tests.cast import Cast

OPENING = Opening("Another", "dora@example.org", "a long enough password", is_dsl=False)


def test_a_second_set_up_is_refused_and_leaves_nothing(cast: Cast) -> None:
    with writing():
        token = new_link("setup")
    with pytest.raises(AlreadySetUp):
        open_first_setting(OPENING, token)
    assert manager_by_email(OPENING.email) is None
    assert len(all_settings()) == 2
    usable_link("setup", token)


def test_a_link_for_something_else_sets_nothing_up(cast: Cast) -> None:
    alice = cast.alice.id
    with writing():
        token = new_link("sign_in", alice)
    with pytest.raises(LinkNotUsable):
        usable_link("setup", token)
