"""Alice, Bob and Charlie at their desks, and people who sign at the tablet."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

import clock
from models.base import new_id
from records.signing import Accepted, sign
from tests.cast import Cast, signing_body
from tests.page import PageClient

Sign = Callable[..., Accepted]


@pytest.fixture
def alice(app: Flask, cast: Cast) -> PageClient:
    """Owner, manager and safeguarding lead of Bluebells, at its desk."""
    return PageClient(app.test_client()).sign_in(cast.alice).at(cast.bluebells)


@pytest.fixture
def bob(app: Flask, cast: Cast) -> PageClient:
    """Manager of Bluebells, not its safeguarding lead."""
    return PageClient(app.test_client()).sign_in(cast.bob).at(cast.bluebells)


@pytest.fixture
def charlie(app: Flask, cast: Cast) -> PageClient:
    """Owner of Little Owls, who must see nothing of Bluebells."""
    return PageClient(app.test_client()).sign_in(cast.charlie).at(cast.owls)


@pytest.fixture
def signs(cast: Cast, quick_press: None) -> Sign:
    """Somebody signs at Bluebells' tablet: Siân, unless a person of another name is given."""

    def act(full_name: str | None = None, **changes: Any) -> Accepted:
        body = signing_body(cast.version.id, **changes)
        if full_name is None:
            body |= {"person_id": str(cast.sian.id), "person": None}
        else:
            body["person"] |= {"full_name": full_name}
        return sign(cast.tablet, new_id(), body, clock.now(), None)

    return act
