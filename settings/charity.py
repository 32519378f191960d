"""The agreement a setting starts with prints a charity number; is it this setting's own?"""

import re

from agreements.starter import starter_charity_number


def charity_number_hint(charity_number: str | None, text: str) -> str | None:
    """A sentence when a text prints the starter's number and the setting's is another one.

    The text is the customer's own and is never mended, so the hint is all there is.
    """
    printed = starter_charity_number()
    if printed not in text or _digits(charity_number) == printed:
        return None
    own = f"yours is {charity_number}" if charity_number else "your setting has given none"
    return (
        f"The agreement's first line prints charity number {printed}, and {own}. "
        "The text is shown just as it was given to us."
    )


def _digits(number: str | None) -> str:
    return re.sub(r"\D", "", number or "")
