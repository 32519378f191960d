"""What looking into a PDF found, as plain values: made in a child, judged by whoever asked."""

from dataclasses import dataclass
from typing import Literal

# How far the reading came: "damaged" and "locked" (by a password) could not be read at all, and
# "too much" is said of a file that was given up when a limit was reached.
Reading = Literal["read", "damaged", "locked", "too much"]


@dataclass(frozen=True, slots=True)
class Insides:
    """The text's hash, the version it says it is, and the chain head that was known then."""

    text_sha256: str
    version_id: str
    head: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class SealFinding:
    """What a PDF says about its seal; nothing is true of a file that cannot be read."""

    reading: Reading
    one_seal: bool = False
    whole_document: bool = False
    unrevised: bool = False
    seal_valid: bool = False
    seal_ours: bool = False
    inside: Insides | None = None

    @property
    def head(self) -> tuple[int, str] | None:
        """The chain head inside, where it can be believed: one unbroken seal of ours over all."""
        believed = self.whole_document and self.unrevised and self.seal_valid and self.seal_ours
        return self.inside.head if believed and self.inside else None
