"""Texts for the rules: a small one to change, and one that a careful setting keeps."""

from dataclasses import replace
from datetime import date
from typing import Any

from agreements.health.hint import Hint
from agreements.health.looking import look
from agreements.health.subject import Subject, passages

TODAY = date(2026, 11, 26)
WELL_KEPT = """\
# Social media policy

Version 4. Adopted on 14 January 2026. Next review: January 2027.

Use Facebook, WhatsApp, X (formerly Twitter) and TikTok with care. Take no pictures with a phone,
a watch or glasses. Do not make pictures of children with AI tools. If you are not sure, ask the
designated safeguarding lead (DSL) or the deputy. They will help you, and nobody will blame you.

## Worries about a colleague

We tell the Local Authority Designated Officer (LADO) at once if somebody

- has harmed a child, or may have harmed a child
- may have done a crime against a child
- would pose a risk of harm to children; or may not be suitable to work with children.

We follow the North Somerset Safeguarding Procedure and our own safeguarding policy.

## Legislation and guidance

- Data Protection Act 2018 (which replaced the Data Protection Act 1998) and UK GDPR
- Protection of Children Act 1978
- Online Safety Act 2023
- Working Together to Safeguard Children 2026
- Early Years Foundation Stage, September 2025
"""


def subject(text: str = "", **changes: Any) -> Subject:
    """A subject of a text, published and adopted, with both cards, unless something is changed."""
    plain = Subject(
        setting_name="Bluebells Pre-School",
        title="Social media policy",
        passages=passages(text),
        signoff_title=None,
        sentences=("I have read the above and agree to follow it.",),
        today=TODAY,
        adopted=True,
        library=("Social media policy", "Safeguarding policy"),
        cards=frozenset({"dsl", "lado"}),
    )
    return replace(plain, **changes)


def keys(text: str = "", **changes: Any) -> list[str]:
    """The keys of what the rules say about a text."""
    return [hint.key for hint in look(subject(text, **changes))]


def the_hint(key: str, text: str = "", **changes: Any) -> Hint:
    """The one hint of a key."""
    [found] = [hint for hint in look(subject(text, **changes)) if hint.key == key]
    return found
