"""What is asked before a record is voided."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from web.answers import one_line


class VoidForm(FlaskForm):
    """Why a record should not count."""

    reason = StringField(
        "Why should this record not count?",
        [
            DataRequired("Write in a few words why this record should not count."),
            Length(max=300, message="Please make this shorter, up to 300 characters."),
        ],
        description="Such as: the wrong name was picked. It is kept, and shown here at the desk.",
        filters=[one_line],
    )
