"""Has pages printed in a child: one at a time, with limits, and gone when it is done.

WeasyPrint, Pango and pikepdf take 90 MB and read whatever letters people's names are made of. A
process that accepts signings never loads them.
"""

import pickle
import threading
from dataclasses import dataclass
from typing import Literal

import orjson

from records.child import ChildFailed, ask
from records.errors import CannotLayOut, PressFailed
from records.evidence import Making
from records.facts import Facts, Fixed
from records.paper_facts import PaperFacts
from records.plan import Plan
from records.tail import Anchors

SECONDS = 120
CANNOT_LAY_OUT = 3
# How long the head of an answer is, in bytes before it.
LENGTH = 4

_turn = threading.Lock()


@dataclass(frozen=True, slots=True)
class Printed:
    """An unsealed PDF with a reserved place for its seal, and where an update is tied to it."""

    pdf: bytes
    anchors: Anchors


@dataclass(frozen=True, slots=True)
class Template:
    """The bytes that every record of a version and wording begins with, and how to go on."""

    pdf: bytes
    plan: Plan


@dataclass(frozen=True, slots=True)
class Order:
    """What the child is asked for: a version laid out, one whole record, or a draft's pages."""

    what: Literal["template", "record", "paper", "draft"]
    fixed: Fixed
    facts: Facts | None = None
    making: Making | None = None
    paper: PaperFacts | None = None


def print_whole(facts: Facts, making: Making) -> Printed:
    """Print one record by itself; raises PressFailed."""
    head, pdf = _ask(Order("record", facts.fixed, facts, making))
    return Printed(pdf, Anchors(**orjson.loads(head)))


def print_paper(paper: PaperFacts, making: Making) -> Printed:
    """Print the record of a signature on paper; raises PressFailed."""
    head, pdf = _ask(Order("paper", paper.fixed, making=making, paper=paper))
    return Printed(pdf, Anchors(**orjson.loads(head)))


def lay_out_template(fixed: Fixed) -> Template:
    """Lay a version's pages out for many records; raises CannotLayOut or PressFailed."""
    head, pdf = _ask(Order("template", fixed))
    return Template(pdf, Plan.from_json(head))


def print_draft(fixed: Fixed) -> bytes:
    """Print the blank pages of a draft, and say on each that it is one; raises PressFailed."""
    _head, pdf = _ask(Order("draft", fixed))
    return pdf


def _ask(order: Order) -> tuple[bytes, bytes]:
    try:
        with _turn:
            answer = ask("records.press_room", pickle.dumps(order), SECONDS)
    except ChildFailed as failed:
        if failed.code == CANNOT_LAY_OUT:
            raise CannotLayOut(failed.words) from failed
        # The child's last words may hold a name, so they are not passed on.
        raise PressFailed(f"The press ended with {failed.code}.") from None
    length = int.from_bytes(answer[:LENGTH], "big")
    return answer[LENGTH : LENGTH + length], answer[LENGTH + length :]
