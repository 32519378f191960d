"""What somebody at the tablet put off: to read at the break, or to talk first."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import PAGE, manager, show
from blueprints.manager.note_forms import NoteForm
from blueprints.manager.rules import may
from extensions import db
from models.managers import names_of
from models.pauses import Pause, pause_of, settle
from models.talks import talk_first_of, talks_of
from records.talking import note_talk, read_talks
from web.access import desk


@manager.get("/pauses")
def pauses() -> ResponseReturnValue:
    """Everybody who wanted to talk first, the open ones before those that are settled."""
    found = db.session.execute(talk_first_of(desk().setting.id).limit(PAGE)).all()
    return show("talks", "today", found=found)


@manager.route("/pauses/<uuid:pause_id>", methods=["GET", "POST"])
def talk(pause_id: UUID) -> ResponseReturnValue:
    """One wish to talk: the notes, for those who may read them, and one more.

    This GET writes: every look at a note is an event of the setting.
    """
    setting, reader_id = desk().setting, desk().manager.id
    wish, full_name, _notes = talk_or_404(setting.id, pause_id)
    form = NoteForm(clock.today(setting.time_zone))
    if form.validate_on_submit():
        note_talk(setting.id, wish.id, reader_id, form.noted())
        flash("Thank you. It is noted, with your name and the time.", "success")
        return redirect(url_for("manager.pauses"))
    notes = read_talks(talks_of(setting.id, pause_id), reader_id, leads=may("declarations"))
    ended_by = wish.ended_by_id and names_of([wish.ended_by_id])[wish.ended_by_id]
    return show(
        "talk",
        "today",
        form=form,
        wish=wish,
        full_name=full_name,
        ended_by=ended_by,
        notes=notes,
    )


@manager.post("/pauses/<uuid:pause_id>/ending")
def end_pause(pause_id: UUID) -> ResponseReturnValue:
    """They have read, or it is settled in another way, and there is nothing to note."""
    pause = pause_or_404(desk().setting.id, pause_id)
    settle(desk().setting.id, pause.id, desk().manager.id)
    flash("Thank you. It is noted, with your name and the time.", "success")
    return redirect(url_for("manager.home"))


def pause_or_404(setting_id: UUID, pause_id: UUID) -> Pause:
    """A wish of this setting, and of no other."""
    return pause_of(setting_id, pause_id) or abort(404)


def talk_or_404(setting_id: UUID, pause_id: UUID) -> tuple[Pause, str, int]:
    """A wish to talk, of this setting: with the name of who had it, and the number of notes."""
    rows = talk_first_of(setting_id).where(Pause.id == pause_id)
    found = db.session.execute(rows).first()
    return (found[0], found[1], found[2]) if found else abort(404)
