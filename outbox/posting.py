"""Letters leave here: words from templates/mail, one durable note, then the mail server."""

import re
from typing import Any
from uuid import UUID

from flask import current_app

import clock
from backends.mail import Letter, MailLater, MailRefused, MailUnsure
from extensions import db, mailer
from models.settings import Setting
from models.writing import end_reading
from outbox.claiming import begin_sending
from outbox.errands import Errand, Hopeless, TryLater, Unsure


def post(
    errand: Errand,
    to: str,
    letter: str,
    values: dict[str, Any],
    pdf: tuple[str, bytes] | None = None,
) -> str:
    """Write the letter `templates/mail/<letter>` with these values, send it, give its outcome.

    `values` must be plain: rendering happens with no transaction open. `pdf` is (name, bytes).
    Raises TryLater, Unsure, Hopeless, or LeaseLost when another worker has the item by now.
    """
    written = _written(errand, to, letter, values, pdf)
    begin_sending(errand)
    end_reading()
    try:
        return mailer.send(written)
    except MailUnsure as error:
        raise Unsure(str(error)) from error
    except MailLater as error:
        raise TryLater(str(error)) from error
    except MailRefused as error:
        raise Hopeless(str(error)) from error


def _written(
    errand: Errand, to: str, letter: str, values: dict[str, Any], pdf: tuple[str, bytes] | None
) -> Letter:
    setting = _setting_facts(errand.setting_id)
    end_reading()
    words = {
        part: current_app.jinja_env.get_template(f"mail/{letter}/{part}").render(setting | values)
        for part in ("subject.txt", "text.txt", "page.html")
    }
    name, data = pdf or ("", None)
    return Letter(
        key=str(errand.item_id),
        sender_name=setting["setting_name"],
        to=to,
        subject=" ".join(words["subject.txt"].split()),
        text=_tidy(words["text.txt"]),
        html=words["page.html"],
        written_at=clock.now(),
        pdf=data,
        pdf_name=name,
    )


def _setting_facts(setting_id: UUID) -> dict[str, str]:
    """What every letter says of the setting: who writes, and where they are."""
    setting = db.session.get_one(Setting, setting_id)
    return {"setting_name": setting.name, "setting_address": setting.address or ""}


def _tidy(text: str) -> str:
    """Plain text without the empty lines that a template's conditions leave behind."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"
