"""An archive in memory, for tests."""

from backends.storage.storage import OtherBytes, checked


class MemoryStorage:
    """Keeps bytes as long as it lives."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def keep(self, name: str, data: bytes) -> bool:
        """Keep bytes; False when they were there already."""
        new = checked(name) not in self.files
        if self.files.setdefault(name, data) != data:
            raise OtherBytes
        return new

    def read(self, name: str) -> bytes | None:
        """The bytes of a name, or None."""
        return self.files.get(checked(name))

    def remove(self, name: str) -> bool:
        """Forget the bytes of a name; False when there were none."""
        return self.files.pop(checked(name), None) is not None

    def names(self, folder: str) -> list[str]:
        """The names in a folder, in order."""
        within = f"{checked(folder)}/"
        inside = (name for name in self.files if name.startswith(within))
        return sorted(name for name in inside if "/" not in name.removeprefix(within))
