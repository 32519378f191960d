"""flask renewals: who stands where on a day."""

import csv
import sys
from datetime import datetime
from uuid import UUID

import click
import sqlalchemy as sa

import clock
from commands.noun import Noun
from commands.saying import setting_option, the_setting
from extensions import db
from models.agreements import Agreement
from models.dues import Due, dues_asked
from models.people import PersonCategory
from renewals.schedule import stage

renewals = Noun("renewals", help="The year.")
COLUMNS = ("person_id", "category", "agreement", "stage", "due_on", "reason")


@renewals.command("list")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today.")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated, with a heading.")
@setting_option
def list_(day: datetime | None, as_csv: bool, slug: str | None) -> None:
    """Print each person's stage and due day for each agreement, the most pressing first."""
    setting = the_setting(slug)
    on = day.date() if day else clock.today(setting.time_zone)
    writer = csv.writer(sys.stdout, delimiter="," if as_csv else "\t", lineterminator="\n")
    if as_csv:
        writer.writerow(COLUMNS)
    for due, category, agreement in db.session.execute(_rows(setting.id)):
        where = stage(due.due_on, on, ever_signed=due.signing_id is not None)
        writer.writerow(
            (due.person_id, category, agreement, where, due.due_on.isoformat(), due.reason)
        )


def _rows(setting_id: UUID) -> sa.Select[Due, str, str]:
    return (
        dues_asked(setting_id)
        .join(Agreement, Agreement.id == Due.agreement_id)
        .order_by(Due.due_on, Due.id)
        .add_columns(PersonCategory.category, Agreement.slug)
    )
