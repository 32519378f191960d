"""A timestamp is believed when it is one of this hash, for this question, by whom we trust."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from backends.timestamps import NoStamp
from records.stamp import (
    BROKEN,
    NOT_FOR_IT,
    OTHER,
    REFUSED,
    STRANGER,
    UNREAD,
    authorities_in,
    read_answer,
    request_for,
)
from tests.needs import needs
from tests.records.tsa import Authority, openssl_verifies

pytestmark = needs("openssl")
DATA = b"the manifest of a day"
DIGEST = hashlib.sha256(DATA).digest()
NONCE = 2**62 + 5


@pytest.fixture(scope="session", params=["rsa", "ec"])
def authority(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "one", "Test Timestamps", request.param)


@pytest.fixture(scope="session")
def answer(authority: Authority) -> bytes:
    return authority.answer(request_for(DIGEST, NONCE))


@pytest.fixture
def roots(authority: Authority) -> list[bytes]:
    return authorities_in(authority.ca)


def refusal(answer: bytes, digest: bytes = DIGEST, **more: object) -> str:
    with pytest.raises(NoStamp) as caught:
        read_answer(answer, digest, **more)  # type: ignore[arg-type]
    return str(caught.value)


def test_an_answer_is_read_and_openssl_agrees(
    authority: Authority, answer: bytes, roots: list[bytes], tmp_path: Path
) -> None:
    stamp = read_answer(answer, DIGEST, nonce=NONCE, roots=roots)
    assert stamp.by == "Test Timestamps"
    assert stamp.at.tzinfo is not None
    assert read_answer(answer, DIGEST) == stamp, "what is kept is read without judging trust"
    assert read_answer(answer, DIGEST, roots=roots, at_its_time=True) == stamp
    (tmp_path / "a.tsr").write_bytes(answer)
    (tmp_path / "a.json").write_bytes(DATA)
    assert openssl_verifies(tmp_path / "a.tsr", tmp_path / "a.json", authority.ca)


def test_one_of_another_hash_or_question_is_refused(answer: bytes, roots: list[bytes]) -> None:
    assert refusal(answer, hashlib.sha256(b"other").digest(), nonce=NONCE, roots=roots) == OTHER
    assert refusal(answer, nonce=NONCE + 1, roots=roots) == OTHER


def test_a_stranger_is_not_believed(authority: Authority, answer: bytes, tmp_path: Path) -> None:
    """Another authority of the same name; and none of those that the machine knows."""
    other = Authority(tmp_path / "other", "Test Timestamps", authority.kind)
    assert refusal(answer, nonce=NONCE, roots=authorities_in(other.ca)) == STRANGER
    assert refusal(answer, nonce=NONCE, roots=authorities_in(None)) == STRANGER


def test_a_certificate_for_web_pages_is_not_one_for_timestamps(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "web", "Test Timestamps")
    answer = authority.answer_for_the_web(DIGEST)
    assert refusal(answer, roots=authorities_in(authority.ca)) == NOT_FOR_IT
    assert refusal(answer) == NOT_FOR_IT


@pytest.mark.parametrize(
    ("answer", "why"),
    [("30053003020102", "rejection"), ("3009300702010203020780", "bad alg")],
    ids=["without a reason", "with one"],
)
def test_a_server_that_says_no(roots: list[bytes], answer: str, why: str) -> None:
    """PKIStatus 2; the reason is a bit of PKIFailureInfo."""
    assert refusal(bytes.fromhex(answer), roots=roots) == REFUSED.format(why=why)


def test_every_flipped_byte_is_found(answer: bytes, roots: list[bytes]) -> None:
    """Nothing in an answer can be changed and the answer still counts as another one."""
    right = read_answer(answer, DIGEST, nonce=NONCE, roots=roots)
    said: set[str] = set()
    for place in range(0, len(answer), 23):
        changed = bytearray(answer)
        changed[place] ^= 1
        try:
            assert read_answer(bytes(changed), DIGEST, nonce=NONCE, roots=roots) == right
        except NoStamp as error:
            said.add(str(error))
    assert {BROKEN, UNREAD} <= said


@pytest.mark.parametrize("junk", [b"", b"0", b"<html>", b"0\x80" * 4000, b"0\x84\xff\xff\xff\xff"])
def test_junk_gets_a_sentence(junk: bytes, roots: list[bytes]) -> None:
    assert refusal(junk, roots=roots) == UNREAD


Spoil = Callable[[Path], object]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_text("no certificate"),
        lambda path: path.write_text(
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
        ),
        lambda path: None,
    ],
    ids=["text", "nonsense", "missing"],
)
def test_an_authority_file_without_a_certificate_is_named(tmp_path: Path, spoil: Spoil) -> None:
    spoil(tmp_path / "ca.pem")
    with pytest.raises(NoStamp, match="TIMESTAMP_CA_FILE holds no certificate"):
        authorities_in(tmp_path / "ca.pem")
