"""What a manager says of the guessed headings: those that are none become paragraphs again."""

from collections.abc import Collection, Iterable

from agreements.incoming.writing_down import Guess


def confirmed(text: str, guessed: Iterable[Guess], headings: Collection[Guess]) -> str:
    """Write each guess that is no heading as a paragraph, where the text still has its line."""
    lines = text.split("\n")
    for guess in guessed:
        there = guess.line < len(lines) and lines[guess.line] == guess.heading
        if there and guess not in headings:
            lines[guess.line] = guess.paragraph
    return "\n".join(lines)
