"""What can be wrong with what a record is made of, one sentence each."""

from models.writing import CannotSave


class DrawingNotAcceptable(ValueError):
    """The drawing cannot be read as finger strokes; str() gives the sentence to show."""


class SealDoesNotFit(Exception):
    """The seal's private key and its certificate do not belong together."""


class NotAcceptable(Exception):
    """Something in this signing needs mending; `errors` has a sentence for each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


class NeverHad(Exception):
    """This setting never had this version or this person."""


class SameIdOtherBody(Exception):
    """Another signing was already accepted under this number."""


class CannotLayOut(Exception):
    """This version's pages cannot be laid out once for all; each record is laid out by itself."""


class DoesNotFit(Exception):
    """Something in this signing does not fit the pages that are filled in: letters or length."""


class PressFailed(CannotSave):
    """The pages of a record could not be printed just now. Nothing was kept; please try again."""
