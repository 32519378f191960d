"""An export on the disk: whole or not there, and a folder is only ever added to."""

import json
import os
import zipfile
from pathlib import Path

import pytest

from records.export import begin_export
from records.export_disk import Copied, InTheWay, to_file, to_folder
from tests.cast import Cast
from tests.records.test_export import BY, erase, signs

pytestmark = pytest.mark.usefixtures("quick_press")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def put(cast: Cast, folder: Path) -> Copied:
    return to_folder(begin_export(cast.bluebells.id, BY), folder, lambda _bytes: None)


def test_a_zip_is_for_its_owner_and_progress_ends_at_its_size(cast: Cast, tmp_path: Path) -> None:
    signs(cast, "Ann Abel")
    export, done, path = begin_export(cast.bluebells.id, BY), list[int](), tmp_path / "all.zip"
    to_file(export, path, done.append)
    assert sum(done) == export.size == path.stat().st_size
    assert path.stat().st_mode & 0o077 == 0
    assert files(tmp_path) == ["all.zip"], "nothing is left beside it"
    assert zipfile.ZipFile(path).testzip() is None


def test_a_zip_that_is_there_is_not_replaced(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(InTheWay, match="is there already"):
        to_file(begin_export(cast.bluebells.id, BY), path, lambda _bytes: None)
    assert path.read_text(encoding="utf-8") == "mine"


def test_one_that_comes_while_it_is_written_is_not_replaced(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"

    def meanwhile(_bytes: int) -> None:
        path.write_text("mine", encoding="utf-8")

    with pytest.raises(InTheWay, match="Nothing was replaced"):
        to_file(begin_export(cast.bluebells.id, BY), path, meanwhile)
    assert files(tmp_path) == ["all.zip"]
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_full_disk_leaves_nothing(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        to_file(begin_export(cast.bluebells.id, BY), tmp_path / "all.zip", lambda _bytes: None)
    assert files(tmp_path) == []


def test_a_folder_is_the_same_tree_and_only_what_is_new_is_added(
    cast: Cast, tmp_path: Path
) -> None:
    folder = tmp_path / "all"
    signs(cast, "Ann Abel")
    assert put(cast, folder) == Copied(new=1, other=[])
    to_file(begin_export(cast.bluebells.id, BY), tmp_path / "all.zip", lambda _bytes: None)
    assert files(folder) == sorted(zipfile.ZipFile(tmp_path / "all.zip").namelist())
    (first,) = (folder / "records").iterdir()
    before = first.stat()
    signs(cast, "Bea Bell")
    assert put(cast, folder) == Copied(new=1, other=[])
    assert first.stat().st_mtime_ns == before.st_mtime_ns
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert files(folder) == sorted([*listed, "manifest.json", "manifest.p7s"])


def test_a_record_with_other_bytes_is_left_and_told(cast: Cast, tmp_path: Path) -> None:
    signs(cast, "Ann Abel")
    put(cast, tmp_path)
    (first,) = (tmp_path / "records").iterdir()
    first.write_bytes(b"other")
    assert put(cast, tmp_path) == Copied(new=0, other=[f"records/{first.name}"])
    assert first.read_bytes() == b"other"


def test_one_that_is_gone_is_told_and_not_deleted(cast: Cast, tmp_path: Path) -> None:
    """Whoever keeps the folder decides; but an erased record should not lie there unnoticed."""
    gone = signs(cast, "Ann Abel")
    put(cast, tmp_path)
    erase(gone.record_id)
    (first,) = (tmp_path / "records").iterdir()
    assert put(cast, tmp_path) == Copied(new=0, other=[], gone=[f"records/{first.name}"])
    assert first.exists()


@pytest.mark.parametrize("kind", ["file", "other things"])
def test_anything_else_is_in_the_way(cast: Cast, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "all"
    if kind == "file":
        folder.write_text("mine", encoding="utf-8")
    else:
        folder.mkdir()
        (folder / "holiday.jpg").write_bytes(b"mine")
    with pytest.raises(InTheWay):
        put(cast, folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["all", "holiday.jpg"][
        : 1 + folder.is_dir()
    ]
