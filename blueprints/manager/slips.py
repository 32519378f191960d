"""Paper: slips to cut out and hand over, and the list of the overdue for a clipboard."""

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager
from blueprints.manager.downloads import to_save
from blueprints.manager.reminder_forms import SlipsForm
from models.categories import CATEGORIES
from models.settings import Setting
from models.writing import end_reading
from outbox.links import link
from records.days import short_date
from records.papers import Line, Slip, print_overdue, print_slips
from renewals.chasing import Asked, asked, note_slips
from renewals.told import Told, newest_of
from web.access import desk

# Ten pages. Records wait while slips are printed, so there are no more than that at a time.
MOST_SLIPS = 80
PDF = "application/pdf"


@manager.post("/reminders/slips")
def slips() -> ResponseReturnValue:
    """Print slips, and note each as a reminder."""
    setting, manager_id = desk().setting, desk().manager.id
    today = clock.today(setting.time_zone)
    form = SlipsForm(asked(setting.id, today))
    chosen = form.chosen()[:MOST_SLIPS] if form.validate_on_submit() else []
    if not chosen:
        flash("Nobody needs a slip just now.", "success")
        return redirect(url_for("manager.reminders"))
    setting_id, name = setting.id, setting.name
    printed = [_slip(setting, one) for one in chosen]
    # Printing takes a while, and no reader may stay open meanwhile.
    end_reading()
    pdf = print_slips(name, printed, clock.now())
    note_slips(setting_id, chosen, manager_id)
    return to_save(pdf, PDF, f"slips-{today}.pdf")


@manager.get("/reminders/overdue.pdf")
def overdue_list() -> Response:
    """The list of the overdue, to print."""
    setting = desk().setting
    now, zone, name = clock.now(), setting.time_zone, setting.name
    today = clock.local_day(now, zone)
    found = asked(setting.id, today)
    overdue = [one for one in found if one.stage == "overdue"]
    last = newest_of(setting.id, [one.person_id for one in overdue], since=None)
    lines = [_line(one, last.get(one.person_id), zone) for one in overdue]
    end_reading()
    return to_save(print_overdue(name, lines, now, zone), PDF, f"overdue-{today}.pdf")


def _slip(setting: Setting, one: Asked) -> Slip:
    return Slip(
        full_name=one.full_name,
        title=one.title,
        due_on=one.due_on,
        first=not one.ever_signed,
        overdue=one.stage == "overdue",
        address=link("public.agreement", setting=setting.slug, slug=one.slug),
    )


def _line(one: Asked, last: Told | None, zone: str) -> Line:
    reminded = None
    if last is not None:
        reminded = f"{last.channel_words}, {short_date(clock.local_day(last.made_at, zone))}"
    return Line(
        full_name=one.full_name,
        category=CATEGORIES[one.category],
        organisation=one.organisation,
        title=one.title,
        due_on=one.due_on,
        first=not one.ever_signed,
        reminded=reminded,
    )
