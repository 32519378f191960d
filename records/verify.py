"""Is this PDF a record as it was sealed? Separate truths, each with its own sentence."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from models.standings import Standing
from records.finding import Reading, SealFinding

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
    "unrevised": (
        "Nothing was added after it was sealed.",
        "Something was added after it was sealed.",
    ),
    "seal_valid": (
        "The seal is unbroken, and it allows no changes.",
        "The seal is broken, or it allows changes.",
    ),
    "seal_ours": (
        "The seal is ours, and it was in force when the record was sealed.",
        "Nothing shows that the seal is ours and was in force when the record was sealed.",
    ),
    "text_as_published": (
        "The text in it is version {number} of the agreement, word for word as it was published.",
        "The text in it is not version {number} of the agreement as it was published.",
    ),
}
NOT_COMPARED = {
    "bytes_intact": "There is no record of ours to compare its bytes with.",
    "text_as_published": "There is no published version of ours to compare its text with.",
}
CANNOT_BE_READ = {
    "damaged": "This file is damaged, or it was not sent whole, so it cannot be checked.",
    "locked": "This PDF is locked with a password, so it cannot be checked. Our records never are.",
    "too much": "This PDF takes too long to read, so it cannot be checked. Our records are small.",
}


@dataclass(frozen=True, slots=True)
class Published:
    """A version as it was published: the history vouches for the hash of its text."""

    version_id: str
    number: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is true of a PDF; None where there is nothing to compare it with.

    Beside the truths: how far it could be read, the chain head under its unbroken seal, the number
    of the version it was compared with, which record of ours it is, where that stands today, and
    whether it was signed on paper and filed later as a scan.
    """

    known: bool
    bytes_intact: bool | None
    one_seal: bool
    whole_document: bool
    unrevised: bool
    seal_valid: bool
    seal_ours: bool
    text_as_published: bool | None
    reading: Reading = "read"
    head: tuple[int, str] | None = None
    number: int | None = None
    signing_id: UUID | None = None
    standing: Standing | None = None
    on_paper: bool = False

    @property
    def genuine(self) -> bool:
        """Say whether it is a record of ours and nothing speaks against it."""
        return self.known and all(truth is not False for _, truth in self.truths())

    @property
    def summary(self) -> str:
        """Give the answer in one sentence."""
        if self.genuine:
            return "This is the record, exactly as it was sealed."
        if not self.known and self.reading != "read":
            return CANNOT_BE_READ[self.reading]
        if not self.known:
            return self._of_a_stranger()
        return "This is not the record as it was sealed."

    def _of_a_stranger(self) -> str:
        if not self.one_seal:
            return "This PDF is not one of our records."
        if not (self.seal_valid and self.whole_document and self.unrevised):
            return "This PDF was changed after it was sealed, or its seal is broken."
        if self.seal_ours:
            return "This PDF carries our unbroken seal, but it is not among our records."
        return "This PDF is sealed and unchanged, but it is not one of our records."

    def truths(self) -> list[tuple[str, bool | None]]:
        """Give each truth as a sentence with what was found, in the order of the fields.

        A file that cannot be read has no truths about its seal, only one sentence about itself.
        """
        found = [(self._sentence(name), getattr(self, name)) for name in SENTENCES]
        return (
            found if self.reading == "read" else [*found[:2], (CANNOT_BE_READ[self.reading], False)]
        )

    def sentences(self) -> list[str]:
        """Give one plain sentence for each truth, in the order of the fields."""
        return [sentence for sentence, _ in self.truths()]

    def _sentence(self, name: str) -> str:
        truth = getattr(self, name)
        if truth is None:
            return NOT_COMPARED[name]
        return SENTENCES[name][0 if truth else 1].format(number=self.number)


def verify(
    pdf: bytes,
    *,
    expected_sha256: str | None,
    authority_certificates: list[bytes],
    published: Published | None = None,
) -> Verdict:
    """Check a PDF against the hash we keep (None: unknown to us), our authorities (DER), and the
    version that was signed."""
    # pyHanko is imported with this module, when the first record is checked and not before.
    from records.sealcheck import check

    finding = check(pdf, authority_certificates)
    return judged(finding, hashlib.sha256(pdf).hexdigest(), expected_sha256, published)


def judged(
    finding: SealFinding, sha256: str, expected_sha256: str | None, published: Published | None
) -> Verdict:
    """Give the verdict on a file of this hash from what was found in it."""
    known = expected_sha256 is not None
    return Verdict(
        known=known,
        bytes_intact=sha256 == expected_sha256 if known else None,
        one_seal=finding.one_seal,
        whole_document=finding.whole_document,
        unrevised=finding.unrevised,
        seal_valid=finding.seal_valid,
        seal_ours=finding.seal_ours,
        text_as_published=_says(finding, published) if published else None,
        reading=finding.reading,
        head=finding.head,
        number=published.number if published else None,
    )


def _says(finding: SealFinding, published: Published) -> bool:
    inside = finding.inside
    return inside is not None and (inside.version_id, inside.text_sha256) == (
        published.version_id,
        published.text_sha256,
    )
