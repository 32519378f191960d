"""The register: everybody who is here with each agreement, to look at, print and take away."""

from collections.abc import Iterator
from itertools import islice
from typing import IO

from flask import Response
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.downloads import a_place, sent_off
from models.events import happened
from models.writing import writing
from records.export_zip import PIECE
from records.register import register as entries_of
from records.register_csv import as_csv
from records.register_sheet import as_workbook
from web.access import desk

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A page of the desk shows so many; whoever has more takes the workbook.
MOST_SHOWN = 500


@manager.get("/register")
def register() -> ResponseReturnValue:
    """The register as a page, which prints well."""
    setting = desk().setting
    today = clock.today(setting.time_zone)
    found = list(islice(entries_of(setting.id, setting.time_zone), MOST_SHOWN + 1))
    more = len(found) > MOST_SHOWN
    return show("register", "records", found=found[:MOST_SHOWN], more=more, today=today)


@manager.get("/register.csv")
def register_csv() -> Response:
    """The register as CSV, read and sent a few people at a time."""
    setting_id, zone, name = desk().setting.id, desk().setting.time_zone, _file_name("csv")
    with a_place() as place:
        _note("csv")
        return sent_off(
            place, as_csv(entries_of(setting_id, zone)), "text/csv; charset=utf-8", name
        )


@manager.get("/register.xlsx")
def register_xlsx() -> Response:
    """The register as a workbook, made on the disk before it leaves."""
    setting, by = desk().setting, desk().manager.words
    setting_id, zone, name, file_name = (
        setting.id,
        setting.time_zone,
        setting.name,
        _file_name("xlsx"),
    )
    with a_place() as place:
        _note("xlsx")
        file = as_workbook(entries_of(setting_id, zone), name, clock.today(zone), by)
        response = sent_off(place, _pieces(file), SHEET, file_name)
        response.call_on_close(file.close)
        return response


def _note(kind: str) -> None:
    """It holds everybody's name, so the history says who took it."""
    setting_id, manager_id = desk().setting.id, desk().manager.id
    with writing():
        happened(setting_id, "register.downloaded", {"manager": str(manager_id), "as": kind})


def _file_name(kind: str) -> str:
    setting = desk().setting
    return f"register-{setting.slug}-{clock.today(setting.time_zone):%Y-%m-%d}.{kind}"


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
