"""What the desk asks about the year: the renewal rule and the holidays."""

from calendar import month_name
from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, ValidationError

from renewals.schedule import DayOfYear, Rule, RuleNotUnderstood, Window
from web.answers import one_line, whole_number

KINDS = {
    "anniversary": "A year after they last signed, each on their own day",
    "window": "Everybody in the same weeks of the year, such as September",
}
AS_OTHERS = "When they sign everything else again"
DAYS = [(str(day), str(day)) for day in range(1, 32)]
MONTHS = [(str(month), month_name[month]) for month in range(1, 13)]
LONGEST_NAME = 60
LONGEST_HOLIDAY = timedelta(days=366)
A_DATE = "Enter a date, such as 25 10 2027."
# Another year is a slip of the pen, and at the end of the calendar no day has a day after it.
YEARS = range(1900, 3000)


def _day() -> SelectField:
    return SelectField("Day", choices=[SelectChoice(*pair) for pair in DAYS], validate_choice=False)


def _month() -> SelectField:
    months = [SelectChoice(*pair) for pair in MONTHS]
    return SelectField("Month", choices=months, validate_choice=False)


class RuleForm(FlaskForm):
    """When people sign again; the four boxes count for a window only."""

    kind = RadioField(
        "When do people sign again?",
        [AnyOf(KINDS, "Choose when people sign again.")],
        choices=[SelectChoice(*pair) for pair in KINDS.items()],
        validate_choice=False,
    )
    first_day, first_month = _day(), _month()
    last_day, last_month = _day(), _month()

    def __init__(self, rule: Rule) -> None:
        window = rule.window or Window(DayOfYear(9, 1), DayOfYear(9, 30))
        super().__init__(
            kind="window" if rule.window else "anniversary",
            first_day=str(window.first.day),
            first_month=str(window.first.month),
            last_day=str(window.last.day),
            last_month=str(window.last.month),
        )

    def validate_first_day(self, field: Field) -> None:
        """A month has not every day."""
        self._check(field.data, self.first_month.data)

    def validate_last_day(self, field: Field) -> None:
        """A month has not every day."""
        self._check(field.data, self.last_month.data)

    def rule(self) -> Rule:
        """What was chosen."""
        if self.kind.data == "anniversary":
            return Rule()
        first = _read(self.first_day.data, self.first_month.data)
        return Rule(Window(first, _read(self.last_day.data, self.last_month.data)))

    def _check(self, day: str | None, month: str | None) -> None:
        if self.kind.data != "window":
            return
        try:
            _read(day, month)
        except RuleNotUnderstood as error:
            raise ValidationError("Choose a day that this month has.") from error


class AgreementRuleForm(RuleForm):
    """When people sign one agreement again: by a rule of its own, or with all the others."""

    def __init__(self, rule: Rule | None) -> None:
        super().__init__(rule or Rule())
        self.kind.label.text = "When do people sign this agreement again?"
        self.kind.choices = [SelectChoice("setting", AS_OTHERS), *self.kind.choices]
        self.kind.validators = (AnyOf(["setting", *KINDS], "Choose when people sign again."),)
        if rule is None and self.kind.raw_data is None:
            self.kind.data = "setting"

    def chosen(self) -> Rule | None:
        """What was chosen; None for the setting's own rule."""
        return None if self.kind.data == "setting" else self.rule()


class ChangeForm(FlaskForm):
    """The button under the preview; it carries the rule that was the old one then."""

    seen = HiddenField()


class DayField(DateField):
    """A date; what is none is answered in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what the browser sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(A_DATE) from error
        if self.data and self.data.year not in YEARS:
            self.data = None
            raise ValueError(A_DATE)


class HolidayForm(FlaskForm):
    """Days on which the setting is closed."""

    name = StringField(
        "What is it called?",
        [
            DataRequired("Give it a name, such as October half-term."),
            Length(max=LONGEST_NAME, message="Choose a shorter name, up to 60 characters."),
        ],
        filters=[one_line],
    )
    first_day = DayField("First day", [InputRequired(A_DATE)])
    last_day = DayField("Last day", [InputRequired(A_DATE)])

    def validate_last_day(self, field: Field) -> None:
        """A holiday ends after it begins, and one day ends."""
        first = self.first_day.data
        if first is None or field.data is None:
            return
        if field.data < first:
            raise ValidationError("The last day comes before the first. Please look at both.")
        if field.data - first > LONGEST_HOLIDAY:
            raise ValidationError("This is longer than a year. Please look at both days.")


def _read(day: str | None, month: str | None) -> DayOfYear:
    return DayOfYear.read(f"{whole_number(month):02}-{whole_number(day):02}")
