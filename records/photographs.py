"""Has a photograph of a paper read in a child: straightened, made small, and nothing else in it.

What people upload may be made to harm whoever reads it. The child gets no secrets and no
database, and a process that accepts signings never loads the reader.
"""

import threading

from records.child import ChildFailed, ask

SECONDS = 20
# What a telephone takes is a third of this; more than the pixels is not looked at.
MOST_BYTES = 10_000_000
MOST_PIXELS = 80_000_000
# A page of A4 at about 170 dots an inch; with fewer than the least nobody reads handwriting.
WIDEST, TALLEST, LEAST = 1400, 2000, 300
REFUSED = 3

_turn = threading.Lock()


class PhotographRefused(Exception):
    """This file cannot be read here. Please take a new photograph, and choose that."""

    @property
    def sentence(self) -> str:
        """What to say to whoever chose the file."""
        return str(self.__doc__)


class NotAPhotograph(PhotographRefused):
    """This is not a photograph that can be read here. Please choose a JPEG or a PNG."""


class APdf(PhotographRefused):
    """This is a PDF. Please take a photograph of each signed page instead, as JPEG or PNG."""


class OnlySomeDevices(PhotographRefused):
    """Only some devices read this kind of photograph (HEIC). Please save it as JPEG first."""


class DamagedPhotograph(PhotographRefused):
    """This photograph is damaged, or stops in the middle. Please take it again."""


class TooLargePhotograph(PhotographRefused):
    """This photograph is too large: more than 10 MB, or too many dots. Please take it smaller."""


class TooSmallPhotograph(PhotographRefused):
    """This photograph is too small to read what was signed. Please take it from nearer."""


REFUSALS = {
    kind.__name__: kind
    for kind in (
        NotAPhotograph, APdf, OnlySomeDevices, DamagedPhotograph, TooLargePhotograph,
        TooSmallPhotograph,
    )
}  # fmt: skip


def straightened(data: bytes) -> bytes:
    """Give a photograph (JPEG or PNG, by its bytes) as an upright JPEG that fits a page.

    Where it was taken, when and with what is not in it any more. Raises a PhotographRefused.
    """
    if len(data) > MOST_BYTES:
        raise TooLargePhotograph
    try:
        with _turn:
            return ask("records.photograph_room", data, SECONDS)
    except ChildFailed as failed:
        if failed.code == REFUSED:
            raise REFUSALS.get(failed.words, DamagedPhotograph) from None
        # A limit ended it: the clock's, the processor's or the memory's.
        if failed.code is None or failed.code < 0:
            raise TooLargePhotograph from None
        raise DamagedPhotograph from None
