"""An export on the disk: one ZIP, there whole or not at all, or a folder that is added to."""

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from records.export import Export
from records.export_list import MANIFEST, RECORDS
from records.export_zip import PIECE, Entry

# Told how many bytes more are done.
Progress = Callable[[int], None]


class InTheWay(Exception):
    """There is something of this name already; str() says what, and nothing was replaced."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of a folder: `other` were there with other bytes, `gone` are records no more."""

    new: int
    other: list[str]
    gone: list[str] = field(default_factory=list)


def to_file(export: Export, path: Path, progress: Progress) -> None:
    """Write the ZIP aside, then give it its name. Raises InTheWay, ErasedMeanwhile, OSError."""
    refuse_file(path)
    with export:
        _put(path, export.zip(), progress, replace=False)


def to_folder(export: Export, folder: Path, progress: Progress) -> Copied:
    """Add what is new. A record that is there stays as it is; the lists are written anew.

    Raises InTheWay for a folder that holds something else, ErasedMeanwhile, OSError.
    """
    refuse_folder(folder)
    new, other = 0, list[str]()
    there = {path.name for path in (folder / RECORDS).glob("*.pdf")}
    with export:
        for entry in export.records():
            there.discard(Path(entry.name).name)
            came = _add(folder, entry, progress)
            new += came is True
            other += [entry.name] if came is False else []
        # The manifest comes last: until then the one from before holds for what it lists.
        for entry in export.listing.papers():
            _put(_made(folder / entry.name), entry.pieces, progress, replace=True)
    return Copied(new, other, sorted(f"{RECORDS}/{name}" for name in there))


def refuse_file(path: Path) -> None:
    """Raise InTheWay when a ZIP cannot be put there."""
    if path.exists():
        raise InTheWay(f"{path} is there already. Give another name, or move it away.")


def refuse_folder(folder: Path) -> None:
    """Raise InTheWay for anything but an export of before, an empty folder, or nothing."""
    if folder.exists() and not folder.is_dir():
        raise InTheWay(f"{folder} is a file. Give a folder, or a name that ends in .zip.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise InTheWay(f"{folder} holds other things. Give an empty folder, or a new one.")


def _add(folder: Path, entry: Entry, progress: Progress) -> bool | None:
    """True: written. None: it was there. False: there is a file of this name with other bytes."""
    path = _made(folder / entry.name)
    if not path.exists():
        _put(path, entry.pieces, progress, replace=False)
        return True
    progress(entry.size)
    wanted = hashlib.sha256()
    for piece in entry.pieces:
        wanted.update(piece)
    return None if _sha256(path) == wanted.hexdigest() else False


def _put(path: Path, pieces: Iterable[bytes], progress: Progress, *, replace: bool) -> None:
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for piece in pieces:
                out.write(piece)
                progress(len(piece))
            out.flush()
            os.fsync(out.fileno())
        if replace:
            aside.replace(path)
        else:
            # A link, unlike a rename, never replaces what has this name already.
            os.link(aside, path)
    except FileExistsError:
        raise InTheWay(f"{path} is there already. Nothing was replaced.") from None
    finally:
        aside.unlink(missing_ok=True)


def _made(path: Path) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
