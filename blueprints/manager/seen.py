"""Who saw what: every look at something confidential, on the screen, on paper or as a list."""

from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.downloads import to_save
from blueprints.manager.seen_forms import SeenForm
from models.events import happened
from models.looks import Look, Wanted, looks
from models.settings import Setting
from models.writing import writing
from records.days import local, short_date
from records.export_papers import sheet
from web.access import desk
from web.filters import clock_time

MOST_ROWS = 20_000
HEADING = ("Day", "Time", "Who", "What")
DID: dict[str, str] = {
    "declaration.read": "opened what {whose} told the safeguarding lead",
    "pack.made": "made the inspection pack",
    "person.exported": "downloaded the copy of what is held about {whose}",
    "record.downloaded": "downloaded a record of {whose}",
    "records.exported": "downloaded records as a ZIP file",
    "register.downloaded": "downloaded the register",
    "seen.exported": "downloaded the list of who saw what",
}


@manager.route("/seen", methods=["GET", "POST"])
def seen() -> ResponseReturnValue:
    """The newest looks, a page at a time, of whom and by whom is asked."""
    setting = desk().setting
    form = SeenForm(setting)
    asked = form.validate_on_submit()
    wanted = form.wanted if asked else Wanted()
    found = looks(setting.id, wanted, PAGE + 1, form.goes_on_before if asked else None)
    return show(
        "seen",
        "settings",
        form=form,
        found=[(look, said(look)) for look in found[:PAGE]],
        before=found[PAGE - 1].sequence if len(found) > PAGE else None,
        asked=asked,
    )


@manager.post("/seen.csv")
def seen_csv() -> ResponseReturnValue:
    """The same as a list for a spreadsheet; that somebody took it is a look, too."""
    setting, manager_id = desk().setting, desk().manager.id
    form, today = SeenForm(setting), clock.today(setting.time_zone)
    if not form.validate_on_submit():
        return show("seen", "settings", form=form, found=[], before=None, asked=False)
    rows, slug = _rows(setting, looks(setting.id, form.wanted, MOST_ROWS)), setting.slug
    with writing():
        happened(setting.id, "seen.exported", {"manager": str(manager_id)})
    return to_save(sheet(HEADING, rows), "text/csv", f"who-saw-what-{slug}-{today}.csv")


def said(look: Look) -> str:
    """What somebody did, as the rest of a sentence; kinds that are new here are told plainly."""
    whose = "somebody who was erased" if look.erased else look.person
    if look.kind in DID:
        return DID[look.kind].format(whose=whose or "somebody")
    what, _, verb = look.kind.partition(".")
    words = f"{verb} the {what.replace('_', ' ')}"
    return f"{words} of {whose}" if whose else words


def _rows(setting: Setting, found: list[Look]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for look in found:
        at = local(look.at, setting.time_zone)
        rows.append((short_date(at), clock_time(at), look.manager or "Whoever hosts", said(look)))
    return rows
