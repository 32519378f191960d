"""`node --test` over the tests beside this file, as part of the one suite."""

import subprocess
from pathlib import Path

import pytest

from tests.needs import needs

FILES = sorted(Path(__file__).parent.glob("*.test.js"))


@needs("node")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_javascript(file: Path) -> None:
    done = subprocess.run(["node", "--test", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
