"""What every export holds beside its records: how to check it, certificates, the texts."""

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

import clock
from models.categories import CATEGORIES
from models.exports import Listed, published
from models.keys import certificates
from records.rows import METHODS

ROOT = Path(__file__).resolve().parents[1]
VERIFIER = "fingerpost_verify.py"
# A spreadsheet takes a cell that begins so for something to work out, or to run.
WORKED_OUT = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Excel takes a file for UTF-8 only when it begins with this.
BYTE_ORDER_MARK = "\ufeff"
HEADINGS = (
    "File", "Check code", "Name", "Signing as", "Sent by", "Signed at", "Received at", "How",
    "Agreement", "Version", "Record number", "SHA-256", "Voided at",
)  # fmt: skip
ALL, CHOSEN = "The records", "Some of the records"
READ_ME = """\
{which} of {name}, copied out of Fingerpost on {day}.

records/        the sealed PDFs, one for each signature
index.csv       who signed what and when; opens in any spreadsheet
versions/       the texts that were signed
manifests/      what a timestamp server confirmed of each day, where there is one
history.jsonl   every event of the setting, chained; numbers and hashes only
certificates/   what the seals hang on
manifest.json   the SHA-256 of every file; manifest.p7s is its seal

To check all of it, without Fingerpost and without the internet:
  python3 -m pip install cryptography pyHanko      (once, with the internet)
  python3 fingerpost_verify.py THIS-FOLDER-OR-ZIP
It says what it found, line by line, and names the authority that everything hangs on.
Compare that authority's fingerprint with the one you were given by the pre-school.
These files hold names. Keep them where only those who need them can open them.
"""


def papers(setting_id: UUID, name: str, day: str, which: str = ALL) -> dict[str, bytes]:
    """The short files of an export by their names; `which` is ALL or CHOSEN."""
    return {
        "READ-ME.txt": READ_ME.format(which=which, name=name, day=day).encode(),
        VERIFIER: (ROOT / "verifier" / VERIFIER).read_bytes(),
        **_certificates(setting_id),
        **{
            f"versions/{slug}-{version.number}.md": version.text.encode()
            for slug, version in published(setting_id)
        },
    }


def heading() -> bytes:
    """How the index begins."""
    return (BYTE_ORDER_MARK + _line(HEADINGS)).encode()


def row(file: str, listed: Listed, version: tuple[str, int], time_zone: str) -> bytes:
    """One record's line of the index."""
    cells = (
        file,
        listed.code,
        listed.full_name,
        CATEGORIES[listed.category],
        listed.organisation or "",
        _signed(listed, time_zone),
        _local(listed.received_at, time_zone),
        METHODS[listed.method],
        version[0],
        str(version[1]),
        str(listed.id),
        listed.sha256,
        _local(listed.voided_at, time_zone) if listed.voided_at else "",
    )
    return _line(cells).encode()


def _signed(listed: Listed, time_zone: str) -> str:
    """On paper stands a day and no hour."""
    if listed.method == "paper":
        return clock.local_day(listed.effective_at, time_zone).isoformat()
    return _local(listed.effective_at, time_zone)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; everything else stays as it is."""
    return f"'{cell}" if cell.lstrip(" ").startswith(WORKED_OUT) else cell


def sheet(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """A short list as CSV that any spreadsheet opens, and none takes a cell of for a formula."""
    text = io.StringIO(newline="")
    lines = csv.writer(text)
    lines.writerow(heading)
    lines.writerows([harmless(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _line(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(harmless(cell) for cell in cells)
    return line.getvalue()


def _local(moment: datetime, time_zone: str) -> str:
    return moment.astimezone(ZoneInfo(time_zone)).isoformat(timespec="seconds")


def _certificates(setting_id: UUID) -> dict[str, bytes]:
    """Retired ones too: old records hang on them."""
    found = {}
    kinds = (("authority", certificates("ca")), ("seal", certificates("seal", setting_id)))
    for what, ders in kinds:
        for der in ders:
            name = f"certificates/{what}-{hashlib.sha256(der).hexdigest()[:16]}.pem"
            found[name] = x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
    return found
