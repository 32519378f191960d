"""What is asked for the privacy notice."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from web.answers import one_line


class ContactForm(FlaskForm):
    """Whom people ask about what is kept of them."""

    contact = StringField(
        "Whom do people ask about their data?",
        [Length(max=200, message="Please make this shorter, up to 200 characters.")],
        description="A name with a telephone number or an e-mail address. It stands in the notice.",
        filters=[one_line],
    )
