"""Dates as people write them in a text: 14 January 2027, January 2027, 14/1/2027, 2027-01-14."""

import re
from calendar import month_name, monthrange
from datetime import date

NAMES = [name.lower() for name in month_name if name]
MONTH = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in NAMES) + "|sept)"
IN_WORDS = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH},?\s+\d{{4}}"
DATE = rf"(?:{IN_WORDS}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}|\d{{4}}-\d\d-\d\d)"


def last_day(words: str) -> date | None:
    """The day that such words name, or the last day of a month; None when there is no such day."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if re.match(r"\d{4}-", words):
        year, month, day = numbers
    elif len(numbers) == 3:
        day, month, year = numbers
    else:
        year, month = numbers[-1], _month(words)
        day = numbers[0] if len(numbers) == 2 else monthrange(year, month)[1]
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(words: str) -> int:
    first_letters = re.sub(r"^\d+(?:st|nd|rd|th)?\s+", "", words.lower())[:3]
    return next(n for n, name in enumerate(NAMES, 1) if name.startswith(first_letters))
