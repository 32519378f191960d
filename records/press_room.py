"""The child that prints: `python -m records.press_room`, an order on stdin, pages on stdout."""

import io
import pickle
import sys
from dataclasses import asdict

import orjson
import pikepdf

from records.child import keep_within
from records.errors import CannotLayOut
from records.evidence import evidence
from records.layout import lay_out
from records.page import filling, render, render_draft
from records.paper_evidence import evidence_of_paper
from records.paper_page import render_paper
from records.pressing import CANNOT_LAY_OUT, LENGTH, SECONDS, Order
from records.proof import prove
from records.reserve import add_seal_field, anchors, saved

MEMORY = 2 * 1024**3


def main() -> None:
    """Do one order within the limits; exit 3 for pages that cannot be laid out once."""
    keep_within(memory=MEMORY, seconds=SECONDS)
    # Only the parent writes to this pipe; nothing that came from outside is unpickled.
    order: Order = pickle.load(sys.stdin.buffer)  # noqa: S301
    try:
        head, pdf = done(order)
    except CannotLayOut as error:
        print(error, file=sys.stderr)
        raise SystemExit(CANNOT_LAY_OUT) from error
    sys.stdout.buffer.write(len(head).to_bytes(LENGTH, "big") + head + pdf)


def done(order: Order) -> tuple[bytes, bytes]:
    """Give what was asked for: a head in JSON, and the PDF."""
    if order.what == "template":
        template = lay_out(order.fixed)
        prove(order.fixed, template)
        return template.plan.to_json().encode(), template.pdf
    if order.what == "draft":
        return b"", render_draft(order.fixed)
    printed = _record(order)
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        add_seal_field(pdf)
        file = saved(pdf)
    return orjson.dumps(asdict(anchors(file))), file


def _record(order: Order) -> bytes:
    """Print a record that is not sealed yet."""
    if order.making is None:
        raise ValueError("Whoever orders a record says how its pages are made.")
    if order.paper is not None:
        return render_paper(order.paper, evidence_of_paper(order.paper, order.making))
    if order.facts is None:
        raise ValueError("A record is printed from its facts.")
    return render(order.fixed, filling(order.facts), evidence(order.facts, order.making))


if __name__ == "__main__":
    main()
