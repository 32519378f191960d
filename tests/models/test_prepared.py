"""Statements that are worked out once say and mean what SQLAlchemy's own do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError, NoResultFound, OperationalError

from backends.database import Base
from extensions import db
from models.base import new_id
from models.outbox import OutboxItem
from models.people import Person, PersonCategory
from models.prepared import PreparedChange, PreparedSelect
from models.writing import insert, insert_values, writing
from records.signing import sign
from tests.cast import Cast, signing_body

# Noon in India: what comes back is the same moment, told in UTC.
NOON = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def test_every_value_comes_back_as_sqlalchemy_gives_it(cast: Cast) -> None:
    sign(cast.tablet, new_id(), signing_body(cast.version.id), NOON, None)
    compared = 0
    for table in Base.metadata.sorted_tables:
        everything = sa.select(*table.columns).order_by(*table.primary_key.columns)
        theirs = [tuple(row) for row in db.session.execute(everything)]
        ours = PreparedSelect(everything).all()
        assert ours == theirs
        assert [list(map(type, row)) for row in ours] == [list(map(type, row)) for row in theirs]
        compared += len(ours)
    assert compared > 40


def test_a_row_by_its_values_is_the_row_of_an_object(cast: Cast) -> None:
    said = {"setting_id": cast.bluebells.id, "kind": "test", "payload": {"name": "Siân"}}
    said |= {"leased_until": NOON}
    with writing():
        insert_values(OutboxItem, about="values", **said)
        insert(OutboxItem(about="object", **said))
        db.session.add(OutboxItem(about="session", **said))
    values, from_object, from_session = (_item(about) for about in ("values", "object", "session"))
    names = {column.key for column in sa.inspect(OutboxItem).columns} - {
        *("id", "about", "made_at", "not_before")
    }
    for one in (values, from_object):
        assert {name: getattr(one, name) for name in names} == {
            name: getattr(from_session, name) for name in names
        }
        assert one.leased_until == NOON
        assert one.leased_until.tzinfo is UTC
    assert {type(one.id) for one in (values, from_object)} == {type(from_session.id)}
    assert values.made_at is not None
    assert values.not_before is not None


def test_words_in_a_statement_stay_where_they_are(cast: Cast) -> None:
    of_kind = PreparedSelect(
        sa.select(PersonCategory.person_id).where(
            PersonCategory.category == "volunteer",
            PersonCategory.since <= sa.bindparam("day", type_=sa.Date()),
            PersonCategory.person_id == sa.bindparam("person", type_=sa.Uuid()),
        )
    )
    assert of_kind.all(person=cast.sian.id, day=date(2999, 1, 1)) == [(cast.sian.id,)]
    assert of_kind.all(person=cast.sian.id, day=date(1999, 1, 1)) == []
    assert of_kind.first(person=new_id(), day=date(2999, 1, 1)) is None
    with pytest.raises(NoResultFound):
        of_kind.one(person=new_id(), day=date(2999, 1, 1))


def test_a_change_is_made_inside_writing_only(cast: Cast) -> None:
    rename = PreparedChange(
        sa.update(Person.__table__).where(  # type: ignore[arg-type]
            Person.id == sa.bindparam("person", type_=sa.Uuid())
        ),
        ["full_name"],
    )
    sian, names = cast.sian.id, sa.select(Person.id, Person.full_name)
    with pytest.raises(RuntimeError, match="outside writing"):
        rename.run(person=sian, full_name="Nobody")
    before = dict(db.session.execute(names).all())
    with writing():
        rename.run(person=sian, full_name="Siân Rees")
    assert dict(db.session.execute(names).all()) == before | {sian: "Siân Rees"}


def test_a_refusal_names_nobody(cast: Cast) -> None:
    person_id = cast.sian.id
    # It ends the transaction on PostgreSQL, and with it what the test began.
    with pytest.raises(IntegrityError) as refused, writing():
        insert_values(
            Person,
            id=person_id,
            setting_id=cast.bluebells.id,
            full_name="Gwenllian Secret",
            name_key="gwenllian secret",
        )
    assert "Gwenllian" not in str(refused.value).split("[SQL")[1]


def test_a_connection_that_is_lost_is_replaced(own_app: Callable[..., Flask]) -> None:
    one = PreparedSelect(sa.select(sa.literal_column("1")))
    with own_app().app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite's file is not lost on the way.")
        ours = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
        with db.engine.connect() as other:
            other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": ours})
        with pytest.raises(OperationalError) as lost:
            one.all()
        assert lost.value.connection_invalidated
        db.session.rollback()
        assert one.all() == [(1,)]


def _item(about: str) -> OutboxItem:
    return db.session.scalars(sa.select(OutboxItem).where(OutboxItem.about == about)).one()
