"""Real exports, and the program that checks them as a stranger runs it: alone, from elsewhere."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import clock
from config import ROOT
from models.base import new_id
from models.keys import current_key
from records.export import begin_export
from records.signing import Accepted, sign
from tests.cast import Cast, signing_body

VERIFIER = ROOT / "verifier" / "fingerpost_verify.py"
# Hides pyHanko from the program, as where it is not installed.
ALONE = f"""
import runpy, sys
sys.modules["pyhanko"] = None
sys.argv[0] = {str(VERIFIER)!r}
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass(frozen=True)
class Answer:
    """How a run ended, and what it said."""

    code: int
    text: str
    errors: str

    @property
    def told(self) -> dict[str, Any]:
        """What it said to a program."""
        said: dict[str, Any] = json.loads(self.text)
        return said


Check = Callable[..., Answer]


@pytest.fixture
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Run it in isolation from a folder of its own; without pyHanko unless it is asked for."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: object, pyhanko: bool = False) -> Answer:
        program = [str(VERIFIER)] if pyhanko else ["-c", ALONE]
        done = subprocess.run(
            [sys.executable, "-I", *program, *map(str, arguments)],
            cwd=elsewhere, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def signed(cast: Cast, quick_press: None) -> list[Accepted]:
    """Three people who signed."""
    return [signs(cast, name) for name in ("Siân Llewellyn", "Zoë Zimmer", "Bea Bell")]


def signs(cast: Cast, full_name: str) -> Accepted:
    body = signing_body(cast.version.id)
    body["person"] |= {"full_name": full_name}
    return sign(cast.tablet, new_id(), body, clock.now(), None)


@pytest.fixture
def zipped(cast: Cast, signed: list[Accepted], tmp_path: Path) -> Path:
    """The export of these three."""
    return exported(cast, tmp_path / "export.zip")


@pytest.fixture
def folder(zipped: Path, tmp_path: Path) -> Path:
    """The same, unpacked."""
    with zipfile.ZipFile(zipped) as file:
        file.extractall(tmp_path / "export")
    return tmp_path / "export"


@pytest.fixture
def authority(cast: Cast, tmp_path: Path) -> Path:
    """The installation's authority, as the desk gives it."""
    path = tmp_path / "fingerpost-seal.cer"
    path.write_bytes(current_key("ca").certificate or b"")
    return path


def exported(cast: Cast, path: Path) -> Path:
    path.write_bytes(b"".join(begin_export(cast.bluebells.id, {"by": "test"}).zip()))
    return path


def rezipped(folder: Path, path: Path, *, packed: bool = False) -> Path:
    """A folder as an ordinary ZIP."""
    kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", kind) as file:
        for one in sorted(folder.rglob("*")):
            if one.is_file():
                file.write(one, one.relative_to(folder).as_posix())
    return path
