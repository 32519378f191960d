"""Is this PDF a record as it was sealed? Separate truths, each with its own sentence."""

import hashlib
from dataclasses import dataclass, fields

SENTENCES = {
    "known": ("It is one of our records.", "We do not know this record."),
    "bytes_intact": (
        "Every byte is as we sealed it.",
        "The file is not the one we sealed: something in it is different.",
    ),
    "one_seal": ("It carries one seal.", "It does not carry exactly one seal."),
    "whole_document": (
        "The seal covers the whole document.",
        "The seal does not cover the whole document.",
    ),
    "seal_valid": (
        "The seal is unbroken, and nothing has changed since.",
        "The seal is broken, or the document was changed after it was sealed.",
    ),
    "seal_ours": (
        "The seal is ours, and it was in force when the record was sealed.",
        "The seal is not ours, or it was not in force when the record was sealed.",
    ),
}
NOT_COMPARED = "There is no record of ours to compare its bytes with."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is true of a PDF; `bytes_intact` is None when there is nothing to compare it with."""

    known: bool
    bytes_intact: bool | None
    one_seal: bool
    whole_document: bool
    seal_valid: bool
    seal_ours: bool

    @property
    def genuine(self) -> bool:
        """Say whether everything is true."""
        return all(getattr(self, truth.name) is True for truth in fields(self))

    @property
    def summary(self) -> str:
        """Give the answer in one sentence."""
        if self.genuine:
            return "This is the record, exactly as it was sealed."
        if not self.known and all((self.one_seal, self.whole_document, self.seal_valid)):
            return "This PDF is sealed and unchanged, but it is not one of our records."
        return "This is not the record as it was sealed."

    def sentences(self) -> list[str]:
        """Give one plain sentence for each truth, in the order of the fields."""
        return [_sentence(truth.name, getattr(self, truth.name)) for truth in fields(self)]


def verify(
    pdf: bytes, *, expected_sha256: str | None, authority_certificates: list[bytes]
) -> Verdict:
    """Check a PDF against the hash we keep (None: unknown to us) and our authorities (DER)."""
    # pyHanko is imported with this module, when the first record is checked and not before.
    from records.sealcheck import check

    finding = check(pdf, authority_certificates)
    known = expected_sha256 is not None
    return Verdict(
        known=known,
        bytes_intact=hashlib.sha256(pdf).hexdigest() == expected_sha256 if known else None,
        one_seal=finding.one_seal,
        whole_document=finding.whole_document,
        seal_valid=finding.seal_valid,
        seal_ours=finding.seal_ours,
    )


def _sentence(name: str, truth: bool | None) -> str:
    if truth is None:
        return NOT_COMPARED
    return SENTENCES[name][0 if truth else 1]
