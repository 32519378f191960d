"""One printed and one sealed record per run: printing is slow, and nobody changes them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from records.facts import Facts
from records.page import render
from records.seal import KeyPair, Signer, load_signer, new_authority, new_seal, seal
from tests.records.fixtures import facts


@dataclass(frozen=True)
class Sealed:
    """A sealed record with all that was needed to make it."""

    facts: Facts
    pdf: bytes
    path: Path
    authority: KeyPair
    signer: Signer
    at: datetime


@pytest.fixture(scope="session")
def printed() -> bytes:
    return render(facts())


@pytest.fixture(scope="session")
def printed_path(printed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("printed") / "record.pdf"
    path.write_bytes(printed)
    return path


@pytest.fixture(scope="session")
def sealed(printed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    says = facts()
    at = says.times.received_at
    authority = new_authority("Fingerpost", at - timedelta(days=80))
    pair = new_seal(authority, says.setting.name, at - timedelta(days=80))
    signer = load_signer(pair, authority.certificate_der)
    path = tmp_path_factory.mktemp("sealed") / "record.pdf"
    path.write_bytes(seal(printed, signer, at))
    return Sealed(says, path.read_bytes(), path, authority, signer, at)
