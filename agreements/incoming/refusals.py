"""Why a file cannot be brought in, one kind sentence each."""


class Refused(Exception):
    """This file cannot be read here. Please choose another one, or paste the text."""

    @property
    def sentence(self) -> str:
        """What to say to whoever chose the file."""
        return str(self.__doc__)


class NothingInIt(Refused):
    """There are no words in it. Please choose another file, or paste the text."""


class OldWord(Refused):
    """This is an older Word file (.doc). Please open it in Word, and save it as .docx."""


class OtherProgram(Refused):
    """This kind of file cannot be read here. Please save it as a Word file (.docx)."""


class Locked(Refused):
    """This file is locked with a password. Please save a copy without one, and choose that."""


class PicturesOfPages(Refused):
    """This PDF holds pictures of pages but no text. Please find the file it was made from."""


class Damaged(Refused):
    """This file is damaged, or stops in the middle. Please save it again and try that."""


class TooMuch(Refused):
    """There is more in this file than people can read and sign. Please choose a shorter one."""


class NotText(Refused):
    """There is no text in this file. Please choose a Word file (.docx), a PDF or a text file."""


class TakesTooLong(Refused):
    """This file takes too long to read. Please save it as .docx, or paste the text."""


REFUSALS = {
    kind.__name__: kind
    for kind in (
        NothingInIt, OldWord, OtherProgram, Locked, PicturesOfPages, Damaged, TooMuch, NotText,
        TakesTooLong,
    )
}  # fmt: skip
