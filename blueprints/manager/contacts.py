"""Whom to turn to: the contact cards, each with the day on which somebody last made sure."""

from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.contact_forms import ContactForm
from models.contacts import Contact, contact_of, contacts_of
from settings.contacts import add_contact, change_contact, check_contact, end_contact
from web.access import desk


@manager.get("/settings/contacts")
def contacts() -> ResponseReturnValue:
    """The cards, and which of them want checking."""
    setting = desk().setting
    today = clock.today(setting.time_zone)
    return show("contacts", "settings", cards=contacts_of(setting.id), today=today)


@manager.route("/settings/contacts/new", methods=["GET", "POST"])
def new_contact() -> ResponseReturnValue:
    """Add a card."""
    setting = desk().setting
    form = ContactForm()
    if form.validate_on_submit():
        today = clock.today(setting.time_zone)
        add_contact(setting.id, desk().manager.id, form.answers(), today)
        flash("Saved.", "success")
        return redirect(url_for("manager.contacts"))
    return show("contact", "settings", form=form, card=None)


@manager.route("/settings/contacts/<uuid:contact_id>", methods=["GET", "POST"])
def contact(contact_id: UUID) -> ResponseReturnValue:
    """Change a card."""
    setting = desk().setting
    card = contact_or_404(setting.id, contact_id)
    form = ContactForm(obj=card)
    if form.validate_on_submit():
        today = clock.today(setting.time_zone)
        change_contact(card, desk().manager.id, form.answers(), today)
        flash("Saved.", "success")
        return redirect(url_for("manager.contacts"))
    return show("contact", "settings", form=form, card=card)


@manager.post("/settings/contacts/<uuid:contact_id>/check")
def contact_checked(contact_id: UUID) -> ResponseReturnValue:
    """Somebody rang them up: the card is right today."""
    setting = desk().setting
    card = contact_or_404(setting.id, contact_id)
    check_contact(card, desk().manager.id, clock.today(setting.time_zone))
    flash(f"{card.kind_words}: checked today.", "success")
    return redirect(url_for("manager.contacts"))


@manager.route("/settings/contacts/<uuid:contact_id>/ending", methods=["GET", "POST"])
def end_of_contact(contact_id: UUID) -> ResponseReturnValue:
    """Ask once, then take a card out of use."""
    card = contact_or_404(desk().setting.id, contact_id)
    form = FlaskForm()
    if form.validate_on_submit():
        end_contact(card, desk().manager.id)
        flash("The card is out of use.", "success")
        return redirect(url_for("manager.contacts"))
    return show("contact_end", "settings", form=form, card=card)


def contact_or_404(setting_id: UUID, contact_id: UUID) -> Contact:
    """A card of this setting, and of no other."""
    return contact_of(setting_id, contact_id) or abort(404)
