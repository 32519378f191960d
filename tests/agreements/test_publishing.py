"""Publishing with the pages laid out and proven first: all of it, or nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from agreements import pages
from agreements.publishing import Edition, PublishedMeanwhile, publish, publish_laid_out
from agreements.starter import starter_edition
from extensions import db
from models.agreements import Agreement, Version, Wording, current_versions
from models.base import new_id
from models.events import Event, check_history
from models.signings import Record
from models.templates import Template
from models.writing import writing
from records.errors import PressFailed
from records.facts import Fixed
from records.pressing import Template as LaidOut
from records.pressing import lay_out_template
from records.signing import sign
from tests.cast import Cast, signing_body

TABLES = (Agreement, Version, Wording, Template, Event)


def edition(**changes: object) -> Edition:
    """A short agreement with one wording for staff and another for everybody else."""
    usual = replace(starter_edition(), title="Camera Policy", text="# Cameras\n\nAsk first.")
    wordings = dict.fromkeys(usual.wordings, "I will ask first.")
    return replace(usual, wordings={**wordings, "employee": "I will see to it."}, **changes)  # type: ignore[arg-type]


def counts() -> dict[str, int]:
    return {
        table.__tablename__: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in TABLES
    }


@pytest.mark.pdf
def test_a_version_is_published_with_its_pages(own_app: Callable[..., Flask]) -> None:
    with own_app().app_context():
        cast = Cast()
        before = counts()
        version = publish_laid_out(cast.bluebells, edition(), addressed=False)
        after = counts()
        assert {name: after[name] - before[name] for name in after} == {
            "agreements": 1,
            "versions": 1,
            "wordings": 8,
            "templates": 2,
            "events": 3,
        }
        assert version in current_versions(cast.bluebells.id)
        made = sign(cast.tablet, new_id(), signing_body(version.id), clock.now(), None)
        template_id = db.session.get_one(Record, made.record_id).template_id
        assert template_id
        assert db.session.get_one(Template, template_id).version_id == version.id
        assert counts()["templates"] == after["templates"], "it was laid out when it was published"
        assert check_history(cast.bluebells.id).faults == []


def test_a_press_that_dies_leaves_no_half_version(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second wording's pages fail: not even the agreement is there afterwards."""
    asked: list[Fixed] = []

    def failing(fixed: Fixed) -> LaidOut:
        asked.append(fixed)
        raise PressFailed

    with own_app().app_context():
        before = counts()
        monkeypatch.setattr(pages, "lay_out_template", failing)
        with pytest.raises(PressFailed):
            publish_laid_out(Cast().bluebells, edition(), addressed=True)
        assert asked
        assert counts() == before


@pytest.mark.pdf
def test_a_version_that_came_between_is_said(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(fixed: Fixed) -> LaidOut:
        with writing():
            publish(Cast().bluebells.id, edition())
        monkeypatch.setattr(pages, "lay_out_template", lay_out_template)
        return lay_out_template(fixed)

    with own_app().app_context():
        monkeypatch.setattr(pages, "lay_out_template", meanwhile)
        with pytest.raises(PublishedMeanwhile):
            publish_laid_out(Cast().bluebells, edition(), addressed=False)
        titles = db.session.scalars(
            sa.select(Version.number).where(Version.title == "Camera Policy")
        )
        assert list(titles) == [1]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Template)) in (0, 2)
