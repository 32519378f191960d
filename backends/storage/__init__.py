"""Where the second copy of each sealed PDF is kept."""

from pathlib import Path

from backends.storage.disk import DiskStorage
from backends.storage.memory import MemoryStorage
from backends.storage.storage import OtherBytes, Storage, StorageAway

__all__ = ["DiskStorage", "MemoryStorage", "OtherBytes", "Storage", "StorageAway", "storage_for"]


def storage_for(storage_url: str) -> Storage:
    """The storage that STORAGE_URL names; Config has checked it."""
    return DiskStorage(Path(storage_url.removeprefix("disk:")))
