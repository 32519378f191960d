"""Whoever holds an export can tell that all of it holds, and every way in which it may not."""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

import clock
from config import ROOT
from records.cms import signature
from records.seal import load_signer, new_authority, new_seal
from records.signing import Accepted
from tests.cast import Cast
from tests.verifier.conftest import Check, exported, rezipped, signs

Tamper = Callable[[Path], object]


def records(folder: Path) -> list[Path]:
    return sorted((folder / "records").iterdir())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


# What holds.


@pytest.mark.parametrize("pyhanko", [True, False])
def test_an_export_holds(check: Check, zipped: Path, authority: Path, pyhanko: bool) -> None:
    answer = check(zipped, pyhanko=pyhanko)
    assert answer.code == 0, answer.text
    lines = answer.text.splitlines()
    assert len([line for line in lines if ".pdf: sound. Check code " in line]) == 3
    assert any("manifest.json: sealed. " in line for line in lines)
    assert any("history.jsonl: " in line and "events, unbroken" in line for line in lines)
    known = hashlib.sha256(authority.read_bytes()).hexdigest().upper()
    assert known in answer.text.replace(":", "")
    assert "Compare it with the one that the pre-school gave you." in answer.text
    assert lines[-1].endswith("checked: all of it holds.")
    assert ("pyHanko is not installed" in answer.text) is not pyhanko


def test_it_holds_unpacked_and_by_the_checker_inside_it(check: Check, folder: Path) -> None:
    assert check(folder).code == 0
    own = folder / "fingerpost_verify.py"
    assert own.read_bytes() == (ROOT / "verifier" / own.name).read_bytes()


@pytest.mark.parametrize("pyhanko", [True, False])
def test_single_records_and_a_folder_of_them_hold(
    check: Check, folder: Path, pyhanko: bool
) -> None:
    assert check(*records(folder), pyhanko=pyhanko).code == 0
    archive = folder.parent / "archive"
    shutil.copytree(folder / "records", archive / "bluebells")
    assert check(archive, pyhanko=pyhanko).code == 0


def test_it_speaks_to_programs_too(check: Check, zipped: Path, signed: list[Accepted]) -> None:
    told = check(zipped, "--json", pyhanko=True).told
    assert (told["holds"], told["pyhanko"]) == (True, True)
    assert [one["named"] for one in told["authorities"]] == [False]
    said = " ".join(one["says"] for one in told["checked"])
    assert all(one.code in said for one in signed)


def test_the_authority_can_be_named(check: Check, zipped: Path, authority: Path) -> None:
    known = hashlib.sha256(authority.read_bytes()).hexdigest()
    pairs = ":".join(known[n : n + 2] for n in range(0, 64, 2)).upper()
    for named in (("--authority", authority), ("--fingerprint", known), ("--fingerprint", pairs)):
        answer = check(zipped, *named)
        assert answer.code == 0
        assert "Compare it" not in answer.text


# What does not.


def test_another_authority_is_not_believed(check: Check, zipped: Path, tmp_path: Path) -> None:
    other = new_authority("Fingerpost", clock.now() - timedelta(days=1))
    path = tmp_path / "other.pem"
    path.write_bytes(
        x509.load_der_x509_certificate(other.certificate_der).public_bytes(Encoding.PEM)
    )
    for named in (("--authority", path), ("--fingerprint", "ab" * 32)):
        answer = check(zipped, *named)
        assert answer.code == 1
        assert "No authority that you named vouches for the seal." in answer.text


def swap(folder: Path) -> None:
    one, other = records(folder)[:2]
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def forge(folder: Path) -> None:
    """Change the signature's last digit, which nothing but the signature itself covers."""
    path = records(folder)[0]
    data = path.read_bytes()
    begins = data.rindex(b"/Contents<")
    last = len(data[: data.index(b">", begins)].rstrip(b"0"))
    digit = b"1" if data[last - 1 : last] != b"1" else b"2"
    path.write_bytes(data[: last - 1] + digit + data[last:])


def drop_event(folder: Path, place: int) -> None:
    path = folder / "history.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    del lines[place]
    path.write_bytes(b"".join(lines))


TAMPERINGS: list[tuple[str, Tamper, str]] = [
    ("a flipped bit in the text", lambda f: flip(records(f)[0], 5_000), "The seal is broken"),
    ("a flipped bit near the end", lambda f: flip(records(f)[0], -3), "The seal is broken"),
    ("a record for another", swap, "not the file that the manifest lists"),
    ("an index that was edited", lambda f: edit(f / "index.csv", "Zoë", "Zoe"),
     "index.csv: NOT SOUND. It is not the file that the manifest lists."),
    ("a text that was edited", lambda f: flip(next((f / "versions").iterdir()), 10), ".md: NOT"),
    ("an event taken out", lambda f: drop_event(f, 3), "Event 4 is not in its place"),
    ("the last event taken out", lambda f: drop_event(f, -1), "does not end with the event"),
    ("an event that was edited", lambda f: edit(f / "history.jsonl", "setting.opened", "x"),
     "Event 1 was changed"),
    ("an event that is none", lambda f: (f / "history.jsonl").write_bytes(b"[]\n"),
     "Line 1 is not an event"),
    ("no history", lambda f: (f / "history.jsonl").unlink(), "history.jsonl: NOT SOUND."),
    ("a record taken away", lambda f: records(f)[1].unlink(), "NOT SOUND. It is missing."),
    ("a file put in", lambda f: (f / "records" / "more.pdf").write_bytes(b"%PDF"),
     "more.pdf: NOT SOUND. It is not in the manifest."),
    ("a hidden file put in", lambda f: (f / ".note").write_text("hi"), ".note: NOT SOUND."),
    ("a manifest that was edited", lambda f: edit(f / "manifest.json", "Bluebells", "Daisies"),
     "manifest.json: NOT SOUND. The seal is broken"),
    ("no seal", lambda f: (f / "manifest.p7s").unlink(), "manifest.json: NOT SOUND."),
    ("a seal that is cut", lambda f: (f / "manifest.p7s").write_bytes(b"0\x82\xff\xff"),
     "manifest.json: NOT SOUND."),
    ("a forged seal of the list", lambda f: flip(f / "manifest.p7s", -1),
     "manifest.json: NOT SOUND. The seal is broken: its signature does not fit."),
    ("a forged seal of a record", forge, "The seal is broken: its signature does not fit."),
    ("no certificates", lambda f: shutil.rmtree(f / "certificates"), "NOT SOUND. It is missing."),
    ("a link to elsewhere", lambda f: (f / "records" / "x.pdf").symlink_to("/etc/hostname"),
     "records/x.pdf is not a file."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tamper", "finding"), [case[1:] for case in TAMPERINGS], ids=[case[0] for case in TAMPERINGS]
)
def test_tampering_is_found(check: Check, folder: Path, tamper: Tamper, finding: str) -> None:
    tamper(folder)
    answer = check(folder)
    assert answer.code == 1
    assert finding in answer.text
    assert answer.text.splitlines()[-1].endswith("NOT SOUND.")


def test_one_who_forges_the_manifest_too_needs_the_settings_key(
    check: Check, folder: Path, authority: Path
) -> None:
    """With another authority of the same name all of it but the records can be made to fit."""
    now = clock.now() - timedelta(minutes=1)
    false = new_authority("Fingerpost", now)
    pair = new_seal(false, "Bluebells", now)
    edit(folder / "index.csv", "Zoë", "Zoe")
    for path in (folder / "certificates").iterdir():
        der = false.certificate_der if "authority" in path.name else pair.certificate_der
        path.write_bytes(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
    manifest = json.loads((folder / "manifest.json").read_text())
    for name in manifest["files"]:
        manifest["files"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    data = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(data)
    seal = signature(load_signer(pair, false.certificate_der), hashlib.sha256(data).digest())
    (folder / "manifest.p7s").write_bytes(seal)
    answer = check(folder, "--authority", authority)
    assert answer.code == 1
    assert "manifest.json: NOT SOUND. No authority that you named" in answer.text
    # Whoever names none sees that there are two, and which.
    assert len(re.findall(r"^Authority: ", check(folder).text, re.MULTILINE)) == 2


def test_a_record_that_the_history_does_not_know_is_found(
    check: Check, cast: Cast, zipped: Path, tmp_path: Path
) -> None:
    signs(cast, "Late Lauren")
    later = exported(cast, tmp_path / "later.zip")
    with zipfile.ZipFile(zipped) as before, zipfile.ZipFile(later) as after:
        (new,) = set(after.namelist()) - set(before.namelist())
        (tmp_path / "new.pdf").write_bytes(after.read(new))
    assert check(later, tmp_path / "new.pdf").code == 0
    before_it = rezipped_with(zipped, tmp_path, tmp_path / "new.pdf")
    assert "The history does not know this record." in check(before_it).text


def rezipped_with(zipped: Path, tmp_path: Path, record: Path) -> Path:
    folder = tmp_path / "with"
    with zipfile.ZipFile(zipped) as file:
        file.extractall(folder)
    shutil.copy(record, folder / "records" / "new.pdf")
    return folder


@pytest.mark.parametrize("cut", [1, 100, 50_000])
def test_a_zip_that_is_cut_short_is_found(check: Check, zipped: Path, cut: int) -> None:
    zipped.write_bytes(zipped.read_bytes()[:-cut])
    answer = check(zipped)
    assert answer.code == 1
    assert "is not a whole ZIP file." in answer.text


def test_odd_zips_are_found(check: Check, folder: Path, tmp_path: Path) -> None:
    assert check(rezipped(folder, tmp_path / "plain.zip")).code == 0
    packed = rezipped(folder, tmp_path / "packed.zip", packed=True)
    assert "is packed or locked." in check(packed).text
    twice = rezipped(folder, tmp_path / "twice.zip")
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(twice, "a") as file:
        file.writestr("index.csv", "another")
    assert "index.csv is in it twice." in check(twice).text
    before = tmp_path / "before.zip"
    before.write_bytes(b"#!/bin/sh\n" + (tmp_path / "plain.zip").read_bytes())
    assert "There is something in the ZIP that is no file." in check(before).text


@pytest.mark.parametrize(
    "junk",
    [
        b"", b"%PDF-1.7", b"1 0 obj" * 200_000, b"1 0 obj <<" * 200_000 + b"endobj",
        b"9 0 obj <</ByteRange[0 9999999999 9999999999 9999999999]/M(D:20261124084704Z)>>endobj",
        b"9 0 obj <</ByteRange[0 0 0 0]/M(D:99999999999999Z)/Contents<00>>>endobj",
        b"stream\n" * 200_000,
    ],
    ids=["nothing", "a head", "objects", "open objects", "far", "no time", "streams"],
)  # fmt: skip
def test_what_is_no_record_gets_an_answer(check: Check, tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "junk.pdf"
    path.write_bytes(junk)
    for pyhanko in (True, False):
        assert check(path, pyhanko=pyhanko).code == 1


def test_names_cannot_play_tricks_on_the_screen(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\u202e.pdf"
    path.write_bytes(b"%PDF")
    assert "a?[2J?.pdf: NOT SOUND." in check(path).text


def test_wrong_use_is_told_apart(check: Check, tmp_path: Path) -> None:
    assert (check(tmp_path / "none.pdf").code, check().code) == (2, 2)
    assert check(tmp_path, "--fingerprint", "12").code == 2
    assert check(tmp_path, "--authority", tmp_path / "none.pem").code == 2
    empty = check(tmp_path)
    assert empty.code == 1
    assert "There is no record in it." in empty.text
