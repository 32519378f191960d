"""What came of a file: our Markdown, and an account of every word."""

from dataclasses import asdict, dataclass, field
from typing import Any

from agreements.incoming.adoption import Adoption
from agreements.incoming.closing import SignOff
from agreements.incoming.pieces import Aside
from agreements.incoming.words import Balance
from agreements.incoming.writing_down import Guess


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text that came in.

    words_in counts the source's words; each is in the text (words_out), in the closing lines that
    are kept `apart` (words_apart) or in what was `dropped` (words_dropped). `balance` says whether
    that is true, by a count of its own.
    """

    title: str
    text: str
    source_text: str
    words_in: int
    words_out: int
    words_apart: int
    words_dropped: int
    balance: Balance
    dropped: list[Aside] = field(default_factory=list)
    apart: list[Aside] = field(default_factory=list)
    guessed: list[Guess] = field(default_factory=list)
    sign_off: SignOff = field(default_factory=SignOff)
    adoption: Adoption = field(default_factory=Adoption)

    def left_out(self) -> dict[str, dict[str, list[str]]]:
        """What was dropped by its kind: each of its words once, with the places."""
        kinds: dict[str, dict[str, list[str]]] = {}
        for aside in self.dropped:
            words = " ".join(aside.words.split())
            kinds.setdefault(aside.what, {}).setdefault(words, []).append(aside.where)
        return kinds

    def to_dict(self) -> dict[str, Any]:
        """For JSON: between processes, and beside a draft."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> "Incoming":
        """The opposite of to_dict()."""
        return cls(
            **told
            | {
                "balance": Balance(**told["balance"]),
                "dropped": [Aside(**one) for one in told["dropped"]],
                "apart": [Aside(**one) for one in told["apart"]],
                "guessed": [Guess(**one) for one in told["guessed"]],
                "sign_off": SignOff(**told["sign_off"]),
                "adoption": Adoption(**told["adoption"]),
            }
        )
