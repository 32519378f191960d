"""An import from the file to the list: kept for a day, looked at, and then all of it or nothing."""

import hashlib
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

import clock
from extensions import db
from models.events import current_head, happened, wait_for_turn
from models.imports import Import, import_of
from models.writing import writing
from people.adding import add_all
from people.doubles import everybody
from people.importing.columns import guess
from people.importing.judging import Judged, Row, judge
from people.importing.reading import Cells


class ChangedMeanwhile(Exception):
    """The list or your people changed meanwhile. Nobody was added; please look again."""


class StillWrong(Exception):
    """Some rows cannot be added. Nobody was added: mend them, or tick that they are left out."""


def begin(setting_id: UUID, manager_id: UUID, cells: Cells) -> UUID:
    """Keep what a file says until a manager has looked at it, with a guess at its columns."""
    kinds, heading = guess(cells.cells)
    columns = {"kinds": kinds, "heading": heading, "category": "", "words": {}}
    with writing():
        kept = Import(
            setting_id=setting_id,
            by_id=manager_id,
            rows={"cells": cells.cells, "numbers": cells.numbers},
            columns=columns,
        )
        db.session.add(kept)
    return kept.id


def say_columns(setting_id: UUID, import_id: UUID, columns: dict[str, Any]) -> None:
    """Keep what a manager says of the columns; an import that is done stays as it is."""
    with writing():
        db.session.execute(
            sa.update(Import)
            .where(
                Import.setting_id == setting_id, Import.id == import_id, Import.done_at.is_(None)
            )
            .values(columns=columns)
        )


def drop(setting_id: UUID, import_id: UUID) -> None:
    """Forget a list that nobody needs, with all its names."""
    with writing():
        db.session.execute(
            sa.delete(Import).where(Import.setting_id == setting_id, Import.id == import_id)
        )


def look(kept: Import, today: date) -> Judged:
    """What would come of it today."""
    return judge(kept.rows or {}, kept.columns, everybody(kept.setting_id), today)


def seen(kept: Import, judged: Judged) -> str:
    """What a manager has looked at, as a hash: the yes comes with it, and it must be the same."""
    counts = (len(judged.new), len(judged.here), len(judged.wrong))
    said = orjson.dumps([kept.columns, counts], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(said).hexdigest()


def carry_out(
    setting_id: UUID,
    import_id: UUID,
    manager_id: UUID,
    *,
    seen_as: str,
    anyway: Collection[int],
    leave_out: bool,
    today: date,
) -> int:
    """Add everybody who is new, and those of `anyway` (row numbers); gives how many.

    All or nothing, and once: a second yes gives the same number and adds nobody. Raises
    ChangedMeanwhile, StillWrong and CannotSave; then nobody was added.
    """
    head, kept = current_head(setting_id), import_of(setting_id, import_id)
    if kept is None:
        raise ChangedMeanwhile
    if kept.done_at is not None:
        return kept.added
    # Thousands of names take a second to compare, and nobody else could write meanwhile.
    judged = look(kept, today)
    if seen(kept, judged) != seen_as:
        raise ChangedMeanwhile
    if judged.wrong and not leave_out:
        raise StillWrong
    rows = [*judged.new, *(row for row in judged.here if row.number in anyway)]
    with writing():
        now, kept = wait_for_turn(setting_id), import_of(setting_id, import_id)
        if kept is not None and kept.done_at is not None:
            return kept.added
        # Somebody who came onto the list in between is in the history.
        if kept is None or now != head:
            raise ChangedMeanwhile
        kept.added = _add(setting_id, manager_id, rows, today)
        # The names are on the list now, and nobody needs them twice.
        kept.rows, kept.done_at = None, clock.now()
        happened(
            setting_id,
            "people.imported",
            {"import": str(import_id), "manager": str(manager_id), "people": str(kept.added)},
            {"left_out": len(judged.here) + len(judged.new) + len(judged.wrong) - len(rows)},
        )
        return kept.added


def _add(setting_id: UUID, manager_id: UUID, rows: list[Row], today: date) -> int:
    told = [(row.told, row.since) for row in sorted(rows, key=lambda row: row.number) if row.told]
    return add_all(setting_id, manager_id, told, today)
