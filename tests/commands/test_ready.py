"""bin/ready.sh on a machine where nothing is there and nothing may be installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from config import ROOT

# What the script needs of any machine; everything else is played by the scripts below.
REAL = ("bash", "dirname", "cat", "cksum", "grep", "env", "mkdir", "chmod")
# A Python that makes environments; the one inside an environment is a copy of itself.
PYTHON = """#!/bin/sh
case "$*" in
*"-m venv .venv"*) mkdir -p .venv/bin && cat "$0" > .venv/bin/python && chmod +x .venv/bin/python ;;
*"import weasyprint"*) exit {weasyprint} ;;
*"pip install"*) echo "pip $*" >&2 ;;
esac
"""


class Machine:
    """A folder that has the script, and a PATH that has next to nothing."""

    def __init__(self, folder: Path, weasyprint: int) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        (folder / "path").mkdir()
        shutil.copy(ROOT / "bin" / "ready.sh", folder / "bin")
        (folder / "requirements.txt").write_text("flask==3 --hash=sha256:00\n", encoding="utf-8")
        for tool in REAL:
            (folder / "path" / tool).symlink_to(str(shutil.which(tool)))
        self.add("python3", PYTHON.format(weasyprint=weasyprint))
        self.add("dpkg-query", "#!/bin/sh\nexit 1\n")
        self.add("apt-get", "#!/bin/sh\nexit 99\n")
        self.add("id", "#!/bin/sh\necho 1000\n")

    def add(self, name: str, script: str) -> None:
        """Put a program on the PATH."""
        (self.folder / "path" / name).write_text(script, encoding="utf-8")
        (self.folder / "path" / name).chmod(0o755)

    def ready(self) -> subprocess.CompletedProcess[str]:
        """Run the script for `make run`."""
        return subprocess.run(
            [self.folder / "bin" / "ready.sh", "run"],
            env={"PATH": str(self.folder / "path")},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine where Pango happens to be installed already."""
    return Machine(tmp_path, weasyprint=0)


def test_what_may_not_be_installed_is_said_exactly_and_the_start_goes_on(machine: Machine) -> None:
    done = machine.ready()
    assert done.returncode == 0, done.stderr
    assert "sudo apt-get install -y --no-install-recommends libpango-1.0-0" in done.stderr
    assert "--require-hashes -r requirements.txt" in done.stderr


def test_the_second_time_nothing_is_done(machine: Machine) -> None:
    machine.ready()
    again = machine.ready()
    assert (again.returncode, again.stderr) == (0, "")


def test_new_requirements_are_installed(machine: Machine) -> None:
    machine.ready()
    (machine.folder / "requirements.txt").write_text("flask==4\n", encoding="utf-8")
    assert "pip install" in machine.ready().stderr


def test_without_pango_it_stops_with_a_sentence(tmp_path: Path) -> None:
    done = Machine(tmp_path, weasyprint=1).ready()
    assert done.returncode == 2
    assert "WeasyPrint cannot find Pango" in done.stderr
    assert "sudo apt-get install" in done.stderr


def test_root_installs_by_itself(machine: Machine) -> None:
    machine.add("id", "#!/bin/sh\necho 0\n")
    machine.add("apt-get", '#!/bin/sh\necho "apt-get $*" >&2\n')
    done = machine.ready()
    assert done.returncode == 0
    assert "apt-get update" in done.stderr
    assert "install -y --no-install-recommends libpango-1.0-0" in done.stderr
    assert "sudo" not in done.stderr


def test_an_old_python_is_refused(machine: Machine) -> None:
    machine.add("python3", "#!/bin/sh\nexit 1\n")
    done = machine.ready()
    assert done.returncode == 2
    assert "Python 3.11" in done.stderr
