"""An export's manifests of the days: whoever holds it checks them, and finds what was changed."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

import clock
from models.manifests import Manifest
from records.manifest import make_manifest
from records.stamp import request_for
from records.stamping import stamp
from tests.cast import Cast
from tests.needs import needs
from tests.records.tsa import Authority, openssl_verifies, serving
from tests.verifier.conftest import Check, exported, signs

pytestmark = needs("openssl")
# After whatever else happened to the cast.
FIRST = datetime(2126, 11, 24, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Days:
    """An unpacked export with two days that were confirmed and one that was not."""

    folder: Path
    names: list[str]
    authority: Authority

    @property
    def first(self) -> Path:
        """The first day's manifest."""
        return self.folder / "manifests" / self.names[0]


@pytest.fixture(scope="session", params=["rsa", "ec"])
def authority(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "one", "Test Timestamps", request.param)


@pytest.fixture
def days(app: Flask, cast: Cast, quick_press: None, authority: Authority, tmp_path: Path) -> Days:
    made = [a_day(cast, name, number) for number, name in enumerate(("Ann", "Bea", "Cat"))]
    with serving(authority) as server:
        own = replace(
            app.config["FINGERPOST"], timestamp_url=server.url, timestamp_ca_file=authority.ca
        )
        for manifest in made[:2]:
            stamp(manifest.id, manifest.sha256, own)
    zipped = exported(cast, tmp_path / "export.zip")
    with zipfile.ZipFile(zipped) as file:
        file.extractall(tmp_path / "export")
    names = [f"{manifest.day}.json" for manifest in made]
    return Days(tmp_path / "export", names, authority)


def a_day(cast: Cast, name: str, number: int) -> Manifest:
    """Somebody signs, and the night comes."""
    signs(cast, name)
    with clock.set_to(FIRST.replace(day=24 + number)):
        manifest = make_manifest(cast.bluebells.id, cast.bluebells.time_zone)
    assert manifest is not None
    return manifest


def test_the_days_are_in_the_export_and_hold(check: Check, days: Days) -> None:
    assert sorted(path.name for path in (days.folder / "manifests").iterdir()) == sorted(
        [*days.names, *(name.replace(".json", ".tsr") for name in days.names[:2])]
    )
    answer = check(days.folder)
    assert answer.code == 0, answer.text
    first = next(line for line in answer.text.splitlines() if days.names[0] in line)
    assert "fits the history. Test Timestamps confirmed it on " in first
    assert "Nobody was named to vouch for that timestamp" in first
    last = next(line for line in answer.text.splitlines() if days.names[2] in line)
    assert last.endswith("fits the history. No timestamp server confirmed it so far.")
    assert check(days.folder.parent / "export.zip").code == 0


def test_the_authority_can_be_named(check: Check, days: Days, tmp_path: Path) -> None:
    answer = check(days.folder, "--timestamp-authority", days.authority.ca)
    assert answer.code == 0, answer.text
    assert "Nobody was named" not in answer.text
    other = Authority(tmp_path / "other", "Test Timestamps", days.authority.kind)
    answer = check(days.folder, "--timestamp-authority", other.ca)
    assert answer.code == 1
    assert f"{days.names[0]}: NOT SOUND. No authority that you named vouches for its" in answer.text


def test_an_rsa_key_does_as_well(check: Check, days: Days, tmp_path: Path) -> None:
    """Most timestamp servers have one."""
    other = Authority(tmp_path / "rsa", "Test Timestamps")
    digest = hashlib.sha256(days.first.read_bytes()).digest()
    days.first.with_suffix(".tsr").write_bytes(other.answer(request_for(digest, 5)))
    answer = check(days.folder, "--timestamp-authority", other.ca)
    line = next(line for line in answer.text.splitlines() if days.names[0] in line)
    assert "fits the history. Test Timestamps confirmed it on " in line


def test_openssl_agrees(days: Days) -> None:
    stamp = days.first.with_suffix(".tsr")
    assert openssl_verifies(stamp, days.first, days.authority.ca)
    assert not openssl_verifies(stamp, days.folder / "manifests" / days.names[1], days.authority.ca)


def relist(folder: Path) -> None:
    """Whoever holds the setting's key could list and seal anew; the check goes on after that."""
    manifest = json.loads((folder / "manifest.json").read_text())
    for name in manifest["files"]:
        manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def edit(path: Path, **changes: object) -> None:
    says = json.loads(path.read_bytes()) | changes
    path.write_text(json.dumps(says, sort_keys=True, separators=(",", ":")))


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def restamped_by_a_stranger(days: Days) -> None:
    """Records are taken out of the day, and somebody else confirms the rest."""
    edit(days.first, records=[])
    digest = hashlib.sha256(days.first.read_bytes()).digest()
    other = Authority(days.folder.parent / "stranger", "Test Timestamps", days.authority.kind)
    days.first.with_suffix(".tsr").write_bytes(other.answer(request_for(digest, 5)))


CASES: list[tuple[str, Callable[[Days], object], str]] = [
    ("a flipped byte in the manifest", lambda d: flip(d.first, 9), "NOT SOUND"),
    ("a flipped byte in the signature", lambda d: flip(d.first.with_suffix(".tsr"), -1),
     "Its timestamp is broken: its signature does not fit."),
    ("junk for a timestamp", lambda d: d.first.with_suffix(".tsr").write_bytes(b"0\x82\xff\xff"),
     "Its timestamp cannot be read."),
    ("a record left out", lambda d: edit(d.first, records=[]),
     "It tells of other records than the history."),
    ("another head", lambda d: edit(d.first, head={"sequence": 1, "hash": "0" * 64}),
     "It knows another event than the history."),
    ("another day", lambda d: edit(d.first, day="2020-01-01"),
     "It is the manifest of another day."),
    ("another setting", lambda d: edit(d.first, setting="x"), "It is one of another setting."),
    ("a day taken out", lambda d: edit(d.first, number=7), "It is not the one that follows."),
    ("a timestamp for another day",
     lambda d: d.first.with_suffix(".tsr").write_bytes(
         (d.folder / "manifests" / d.names[1]).with_suffix(".tsr").read_bytes()),
     "Its timestamp is one of something else."),
    ("a stranger's timestamp", restamped_by_a_stranger, "It tells of other records"),
    ("no manifest at all", lambda d: d.first.write_text("[]"),
     "It cannot be read as the manifest of a day."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tamper", "finding"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_tampering_is_found(
    check: Check, days: Days, tamper: Callable[[Days], object], finding: str
) -> None:
    tamper(days)
    relist(days.folder)
    answer = check(days.folder)
    assert answer.code == 1
    line = next(line for line in answer.text.splitlines() if days.names[0] in line)
    assert "NOT SOUND" in line
    assert finding in line


def test_a_manifest_or_timestamp_taken_away_is_missed(check: Check, days: Days) -> None:
    days.first.with_suffix(".tsr").unlink()
    answer = check(days.folder)
    assert answer.code == 1
    assert f"{days.names[0].replace('.json', '.tsr')}: NOT SOUND. It is missing." in answer.text
