"""What the desk keeps about somebody, as one value: asked by the forms, written by the verbs."""

from dataclasses import asdict, dataclass
from typing import Any

from models.people import Known


@dataclass(frozen=True)
class Particulars:
    """Name, category, who sends them, e-mail and whether they are under 18.

    full_name has been through clean_name(); organisation is None unless the category has one.
    """

    full_name: str
    category: str
    organisation: str | None = None
    email: str | None = None
    under_18: bool = False

    def differences(self, other: "Particulars") -> dict[str, list[Any]]:
        """What changes from this to the other: [before, after] by field."""
        before, after = asdict(self), asdict(other)
        return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def particulars_of(known: Known) -> Particulars:
    """What is on file about somebody today."""
    person = known.person
    return Particulars(
        person.full_name, known.category, known.organisation, person.email, person.under_18
    )
