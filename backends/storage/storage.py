"""What every storage promises, and how it says that it cannot."""

import re
from typing import Protocol

# Folders and files as we name them; nothing in such a name leads anywhere else.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)*")


class StorageAway(Exception):
    """The archive cannot be written or read now; str() says why."""


class OtherBytes(Exception):
    """There is a file of this name with other bytes in it, and nothing is ever overwritten."""


class Storage(Protocol):
    """Keeps bytes by name: never overwritten, and gone only when somebody was erased."""

    def keep(self, name: str, data: bytes) -> bool:
        """Keep bytes durably; False when they were there already. Raises OtherBytes, StorageAway.

        A name is folders and a file, of letters, digits, "-", "_" and "."; else ValueError.
        """
        ...

    def read(self, name: str) -> bytes | None:
        """The bytes of a name, or None."""
        ...

    def remove(self, name: str) -> bool:
        """Take bytes away for good; False when there were none. Raises StorageAway.

        A storage that may not do so yet, because its files are locked until a day, says that.
        """
        ...

    def names(self, folder: str) -> list[str]:
        """The whole names of what is kept in a folder itself, in order; none is fine too."""
        ...


def checked(name: str) -> str:
    """A name as it may be used; raises ValueError for one that could lead elsewhere."""
    if not NAME.fullmatch(name):
        raise ValueError("This is not a name for the archive.")
    return name
