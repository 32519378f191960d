"""An archive in a folder: a file is there whole or not at all, and stays as it is."""

import os
import secrets
from pathlib import Path

from backends.storage.storage import OtherBytes, StorageAway, checked


class DiskStorage:
    """One folder of this machine; files are for the server's own user."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, data: bytes) -> bool:
        """Write aside, then give it its name: a crash leaves no half file under a real name."""
        target = self._folder / checked(name)
        try:
            return self._keep(target, data)
        except OSError as error:
            raise StorageAway(f"The archive cannot be written: {error.strerror}.") from error

    def read(self, name: str) -> bytes | None:
        """The bytes of a name, or None."""
        try:
            return (self._folder / checked(name)).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageAway(f"The archive cannot be read: {error.strerror}.") from error

    def remove(self, name: str) -> bool:
        """Take a file away; False when there was none."""
        target = self._folder / checked(name)
        try:
            target.unlink()
            _settle(target.parent)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StorageAway(f"The archive cannot remove a file: {error.strerror}.") from error
        return True

    def names(self, folder: str) -> list[str]:
        """The names in a folder, in order; a file that is still being written has none yet."""
        try:
            entries = os.scandir(self._folder / checked(folder))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StorageAway(f"The archive cannot be read: {error.strerror}.") from error
        with entries:
            files = [entry.name for entry in entries if entry.is_file() and entry.name[0] != "."]
        return sorted(f"{folder}/{file}" for file in files)

    def _keep(self, target: Path, data: bytes) -> bool:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        try:
            _write(aside, data)
            # A link, unlike a rename, never replaces what has this name already.
            os.link(aside, target)
        except FileExistsError:
            if target.read_bytes() != data:
                raise OtherBytes from None
            return False
        finally:
            aside.unlink(missing_ok=True)
        _settle(target.parent)
        _settle(target.parent.parent)
        return True


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _settle(folder: Path) -> None:
    """A new name is durable once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
