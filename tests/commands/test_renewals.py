"""flask renewals list: who stands where, and why, without a name."""

import csv
import io
from datetime import date

import pytest
from click.testing import Result
from flask import Flask

from extensions import db
from models.people import PersonCategory
from models.settings import of
from models.writing import writing
from tests.cast import Cast


@pytest.fixture
def listed(app: Flask, cast: Cast) -> Result:
    """The list of Bluebells on a day long after everybody was due."""
    db.session.rollback()
    return app.test_cli_runner().invoke(
        args=["renewals", "list", "--on", "2099-01-01", "--csv", "--setting", "bluebells"]
    )


def test_says_the_stage_the_day_and_the_reason(listed: Result, cast: Cast) -> None:
    [row] = csv.DictReader(io.StringIO(listed.stdout))
    due_on = date.fromisoformat(row.pop("due_on"))
    assert due_on < date(2099, 1, 1)
    assert row == {
        "person_id": str(cast.sian.id),
        "category": "volunteer",
        "agreement": "social-media-networking-policy",
        "stage": "overdue",
        "reason": "never signed",
    }


def test_who_left_is_not_on_it(app: Flask, cast: Cast) -> None:
    with writing():
        for held in db.session.scalars(of(cast.bluebells.id, PersonCategory)):
            held.until = held.since
    result = app.test_cli_runner().invoke(args=["renewals", "list", "--setting", "bluebells"])
    assert (result.exit_code, result.stdout) == (0, "")
