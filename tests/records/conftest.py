"""One printed and one sealed record per run: printing is slow, and nobody changes them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from records.cms import CmsSigner
from records.facts import Facts
from records.layout import lay_out
from records.making import Ready, filled, make_ready
from records.pressing import Template
from records.seal import KeyPair, load_signer, new_authority, new_seal
from tests.records.fixtures import facts, printed_of


@dataclass(frozen=True)
class Sealed:
    """A sealed record with all that was needed to make it."""

    facts: Facts
    pdf: bytes
    path: Path
    authority: KeyPair
    pair: KeyPair
    signer: CmsSigner
    at: datetime
    template: Template
    ready: Ready

    def fill(self, says: Facts) -> bytes:
        """Another record on the same pages."""
        return self.template.pdf + filled(says, self.ready, self.signer, self.at).tail


@pytest.fixture(scope="session")
def printed() -> bytes:
    return printed_of(facts())


@pytest.fixture(scope="session")
def printed_path(printed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("printed") / "record.pdf"
    path.write_bytes(printed)
    return path


@pytest.fixture(scope="session")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    says = facts()
    at = says.times.received_at
    authority = new_authority("Fingerpost", at - timedelta(days=80))
    pair = new_seal(authority, says.setting.name, at - timedelta(days=80))
    signer = load_signer(pair, authority.certificate_der)
    template = lay_out(says.fixed)
    ready = make_ready(UUID(int=7), template.pdf, template.plan)
    path = tmp_path_factory.mktemp("sealed") / "record.pdf"
    path.write_bytes(template.pdf + filled(says, ready, signer, at).tail)
    return Sealed(says, path.read_bytes(), path, authority, pair, signer, at, template, ready)
