"""What the desk asks about reminders, slips and the calendar."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import AnyOf

from renewals.chasing import Asked, one_each

PRESSING, EVERYBODY = "pressing", "everybody"


class RemindingForm(FlaskForm):
    """One button: somebody was reminded. It says to which page to go back."""

    back = HiddenField()


class DigestForm(FlaskForm):
    """One button: the weekly digest begins or ends."""

    wanted = HiddenField(validators=[AnyOf(("yes", "no"))])


class SlipsForm(FlaskForm):
    """For whom slips are printed: by how pressing it is, or an agency's or college's people."""

    whom = SelectField("Who are the slips for?", validate_choice=False)

    def __init__(self, found: list[Asked]) -> None:
        super().__init__()
        people = one_each(found)
        pressing = [one for one in people if one.stage != "soon"]
        senders = {str(one.organisation_id): one.organisation for one in people if one.organisation}
        self.found = found
        self.whom.choices = [
            (PRESSING, f"Overdue and due now ({len(pressing)})"),
            (EVERYBODY, f"Everybody due within 30 days too ({len(people)})"),
            *((sender, str(name)) for sender, name in sorted(senders.items(), key=lambda s: s[1])),
        ]

    def chosen(self) -> list[Asked]:
        """What the slips are about; none when nobody is meant any more."""
        whom = self.whom.data
        if whom == PRESSING:
            return [one for one in self.found if one.stage != "soon"]
        if whom == EVERYBODY:
            return self.found
        return [one for one in self.found if str(one.organisation_id) == whom]


class FeedForm(FlaskForm):
    """A new address for a calendar program."""

    names = BooleanField(
        "Show the names of the people, not only how many",
        description="Names then travel to whoever keeps your calendar. Most leave this empty.",
    )
