"""Why a list cannot be brought in, one kind sentence each."""


class ListRefused(Exception):
    """This list cannot be read here. Please save it as an Excel workbook (.xlsx) or as CSV."""

    @property
    def sentence(self) -> str:
        """What to say to whoever chose the file."""
        return str(self.__doc__)


class NobodyInIt(ListRefused):
    """There is nobody in this list. Please choose another file, or paste the list."""


class OldExcel(ListRefused):
    """This is an older Excel file (.xls). Please open it in Excel, and save it as .xlsx."""


class LockedList(ListRefused):
    """This file is locked with a password. Please save a copy without one, and choose that."""


class NotAList(ListRefused):
    """This is not a list that can be read here. Please save it as .xlsx or as CSV."""


class DamagedList(ListRefused):
    """This file is damaged, or stops in the middle. Please save it again and try that."""


class TooManyPeople(ListRefused):
    """There are more than 5,000 rows in this list. Please bring it in in several parts."""


class TooLarge(ListRefused):
    """This list is too large to be read here. Please keep only the columns we need."""


REFUSALS = {
    kind.__name__: kind
    for kind in (
        ListRefused, NobodyInIt, OldExcel, LockedList, NotAList, DamagedList, TooManyPeople,
        TooLarge,
    )
}  # fmt: skip
