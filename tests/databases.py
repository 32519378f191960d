"""Databases that exist for a while: empty ones, and copies of one that nobody changes any more."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa


@contextmanager
def empty(server: str, name: str, folder: Path) -> Iterator[str]:
    """The URL of a database without a table: on this PostgreSQL or, without one, in the folder."""
    if server.startswith("postgresql"):
        with _on_postgresql(server, name, "template1") as url:
            yield url
    else:
        yield f"sqlite:///{folder / name}.db"


@contextmanager
def copy_of(url: str, name: str, folder: Path) -> Iterator[str]:
    """The URL of a copy of a database that nobody has open, beside it or in the folder."""
    original = str(sa.make_url(url).database)
    if url.startswith("postgresql"):
        with _on_postgresql(url, name, original) as copied:
            yield copied
    else:
        shutil.copy(original, folder / f"{name}.db")
        yield f"sqlite:///{folder / name}.db"


@contextmanager
def _on_postgresql(server: str, name: str, template: str) -> Iterator[str]:
    name = f"fingerpost_test_{name}"
    url = sa.make_url(server).set(drivername="postgresql+psycopg", database=name)
    admin = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    drop = sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    with admin.connect() as connection:
        connection.execute(drop)
        connection.execute(sa.text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    yield url.render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(drop)
    admin.dispose()
