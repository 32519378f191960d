"""One promise, every storage: kept once, whole, and never changed."""

import os
from pathlib import Path

import pytest

from backends.storage import DiskStorage, MemoryStorage, OtherBytes, Storage, StorageAway

NAME = "bluebells/2026-11-24_volunteer_8K3M-0000-0000-0000.pdf"


@pytest.fixture(params=["disk", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return DiskStorage(tmp_path / "archive") if request.param == "disk" else MemoryStorage()


def test_what_is_kept_can_be_read(storage: Storage) -> None:
    assert storage.read(NAME) is None
    assert storage.keep(NAME, b"%PDF") is True
    assert storage.read(NAME) == b"%PDF"


def test_the_same_again_is_fine_and_other_bytes_are_refused(storage: Storage) -> None:
    storage.keep(NAME, b"%PDF")
    assert storage.keep(NAME, b"%PDF") is False
    with pytest.raises(OtherBytes):
        storage.keep(NAME, b"%PDF!")
    assert storage.read(NAME) == b"%PDF"


def test_what_is_in_a_folder_can_be_listed(storage: Storage) -> None:
    assert storage.names("bluebells") == []
    for name in ("bluebells/b.pdf", "bluebells/a.pdf", "bluebells/more/c.pdf", "bluebells-2/d.pdf"):
        storage.keep(name, b"%PDF")
    assert storage.names("bluebells") == ["bluebells/a.pdf", "bluebells/b.pdf"]


def test_what_is_removed_is_gone_and_may_be_kept_again(storage: Storage) -> None:
    storage.keep(NAME, b"%PDF")
    assert storage.remove(NAME) is True
    assert storage.read(NAME) is None
    assert storage.names("bluebells") == []
    assert storage.remove(NAME) is False
    assert storage.keep(NAME, b"%PDF!") is True


def test_what_is_still_being_written_is_not_listed(tmp_path: Path) -> None:
    disk = DiskStorage(tmp_path)
    disk.keep("bluebells/a.pdf", b"%PDF")
    (tmp_path / "bluebells" / ".b.pdf.0123").write_bytes(b"%P")
    assert disk.names("bluebells") == ["bluebells/a.pdf"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/etc/passwd",
        "../outside.pdf",
        "a/../../b.pdf",
        "a//b.pdf",
        ".hidden",
        "a/.b",
        "a\n",
        "a\0b",
    ],
)
def test_no_name_leads_elsewhere(storage: Storage, name: str, tmp_path: Path) -> None:
    acts = (
        lambda: storage.keep(name, b"x"),
        lambda: storage.read(name),
        lambda: storage.names(name),
        lambda: storage.remove(name),
    )
    for act in acts:
        with pytest.raises(ValueError, match="not a name for the archive"):
            act()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_files_are_for_the_servers_own_user(tmp_path: Path) -> None:
    DiskStorage(tmp_path / "archive").keep(NAME, b"%PDF")
    file = tmp_path / "archive" / NAME
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name], "nothing is left beside it"


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = DiskStorage(tmp_path / "archive")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageAway, match="No space left on device"):
            disk.keep(NAME, b"%PDF")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert disk.keep(NAME, b"%PDF") is True


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageAway, match="cannot be written"):
        DiskStorage(tmp_path / "archive").keep(NAME, b"%PDF")
    with pytest.raises(StorageAway, match="cannot be read"):
        DiskStorage(tmp_path / "archive").read(NAME)
    with pytest.raises(StorageAway, match="cannot be read"):
        DiskStorage(tmp_path / "archive").names("bluebells")
    with pytest.raises(StorageAway, match="cannot remove a file"):
        DiskStorage(tmp_path / "archive").remove(NAME)
