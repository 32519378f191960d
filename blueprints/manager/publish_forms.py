"""What the publish page asks: the kind of change, its reason and days, and who adopted the text."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from wtforms import Field, HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from agreements.adopting import Adopted
from agreements.publishing import Change
from agreements.underway import Decision
from blueprints.manager.contact_forms import AdoptionForm
from blueprints.manager.year_forms import A_DATE, DayField
from renewals.schedule import DAYS_TO_SIGN_CHANGES
from web.answers import lines

KINDS = {
    "minor": "Nothing that matters: everybody stays as they are, and signs it when they are due",
    "material": "Something that matters: everybody signs again soon",
}
A_REASON = "Say in a few words what changed and why. It is kept with the version."
DAYS = "Enter a number of days from 0 to 365."
OVER = "By this day and these days to sign, the time to sign would be over already."
ADOPTION = ("adopted_by", "adopted_on", "review_on", "signed_name", "signed_role")


class PublishForm(AdoptionForm):
    """Who adopted it may be left for later as a whole; half of it is a slip of the pen."""

    revision = HiddenField()
    kind = RadioField(
        "What changed?",
        choices=[SelectChoice(*pair) for pair in KINDS.items()],
        validate_choice=False,
    )
    reason = TextAreaField(
        "Why was it changed?",
        [Length(max=1000, message="Please make this shorter, up to 1,000 characters.")],
        description="It stands in the history of the agreement, which everybody can read.",
        filters=[lines],
    )
    effective_on = DayField(
        "From which day does it hold?",
        [InputRequired(A_DATE)],
        description="The tablet shows it as soon as it is published.",
    )
    days_to_sign = IntegerField(
        "How many days after that do people have to sign again?",
        [NumberRange(0, 365, DAYS)],
        description="This counts only where something that matters has changed.",
    )

    def __init__(self, today: date, *, first: bool, draft: dict[str, Any]) -> None:
        super().__init__(today, data={"days_to_sign": DAYS_TO_SIGN_CHANGES, **draft})
        self.first = first
        for name in ADOPTION:
            self[name].validators = (_or_all_empty, *self[name].validators)
        if first:
            del self.kind, self.reason, self.days_to_sign
        else:
            self.kind.validators = (AnyOf(KINDS, "Choose what changed."),)
            self.reason.validators = (DataRequired(A_REASON), *self.reason.validators)

    def validate_days_to_sign(self, field: Field) -> None:
        """Nobody can sign by a day that is over."""
        begins = self.effective_on.data
        if self.kind.data != "material" or begins is None or field.data is None:
            return
        if begins + timedelta(days=field.data) < self.today:
            raise ValidationError(OVER)

    @property
    def adopts(self) -> bool:
        """Whether anything of the adoption is filled in."""
        return any(self[name].data or (self[name].raw_data or [""])[0] for name in ADOPTION)

    def decision(self, by_id: UUID) -> Decision:
        """What was decided."""
        adopted = Adopted(**self.answers()) if self.adopts else None
        if self.first:
            return Decision(Change("minor", self.effective_on.data, by_id=by_id), adopted)
        days = self.days_to_sign.data
        change = Change(self.kind.data, self.effective_on.data, self.reason.data, days, by_id)
        return Decision(change, adopted)


def _or_all_empty(form: PublishForm, field: Field) -> None:
    if not form.adopts:
        Optional()(form, field)
