"""What can be wrong with what a record is made of, one sentence each."""


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
