"""Ten thousand single bits, each flipped alone: none goes unnoticed.

SEAL_FLIPS says how many (1,000; 10,000 in the long run); the checkers of other people look at
one in fifty of them.
"""

import os
import random
from hashlib import sha256
from pathlib import Path

import pytest

from records.sealcheck import check
from records.verify import judged
from tests.needs import needs
from tests.records.checkers import pdfsig, said, trust
from tests.records.conftest import Sealed
from tests.records.test_verify import judge, published

pytestmark = pytest.mark.pdf

FLIPS = int(os.environ.get("SEAL_FLIPS", "1000"))
LOOKED_AT = max(1, FLIPS // 50)


def bits_of(sealed: Sealed, count: int, seed: int) -> list[int]:
    """Bits of the template's part and of the record's own, half and half."""
    rng, shared = random.Random(seed), 8 * len(sealed.template.pdf)
    own = rng.sample(range(shared, 8 * len(sealed.pdf)), count - count // 2)
    return rng.sample(range(shared), count // 2) + own


def flipped(pdf: bytes, bit: int) -> bytes:
    changed = bytearray(pdf)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def in_the_seal(sealed: Sealed, bit: int) -> bool:
    """Whether a bit is of the signature's own digits, which cannot cover themselves."""
    start = sealed.pdf.rindex(b"/Contents<")
    return start < bit // 8 <= sealed.pdf.index(b">", start)


def test_every_bit_is_found_by_the_hash_that_is_kept(sealed: Sealed) -> None:
    """Also where everything that can be read in the file were as it was."""
    expected = sha256(sealed.pdf).hexdigest()
    finding = check(sealed.pdf, [sealed.authority.certificate_der])
    assert judged(finding, expected, expected, published(sealed)).genuine
    for bit in bits_of(sealed, FLIPS, seed=11):
        digest = sha256(flipped(sealed.pdf, bit)).hexdigest()
        verdict = judged(finding, digest, expected, published(sealed))
        assert verdict.bytes_intact is False, f"bit {bit}"
        assert not verdict.genuine


def test_every_bit_under_the_seal_is_found_by_the_seal(sealed: Sealed) -> None:
    for bit in bits_of(sealed, LOOKED_AT, seed=12):
        if not in_the_seal(sealed, bit):
            verdict = judge(sealed, flipped(sealed.pdf, bit))
            assert not (verdict.seal_valid and verdict.whole_document), f"bit {bit}"


@needs("pdfsig", "certutil", "mutool")
def test_other_peoples_checkers_find_them_too(sealed: Sealed, tmp_path: Path) -> None:
    """qpdf is not asked: it knows no seals, and reads on over most single bits."""
    store, path = trust(tmp_path, sealed.authority.certificate_der), tmp_path / "record.pdf"
    path.write_bytes(sealed.pdf)
    assert sound_to_pdfsig(path, store)
    assert sound_to_mutool(path)
    for bit in bits_of(sealed, LOOKED_AT, seed=13):
        if not in_the_seal(sealed, bit):
            path.write_bytes(flipped(sealed.pdf, bit))
            assert not sound_to_pdfsig(path, store), f"bit {bit}"
            assert not sound_to_mutool(path), f"bit {bit}"


def sound_to_pdfsig(path: Path, store: Path) -> bool:
    says = pdfsig(path, store)
    wanted = ("Signature is Valid.", "Total document signed", "Certificate is Trusted.")
    return all(words in says for words in wanted)


def sound_to_mutool(path: Path) -> bool:
    return "unchanged since signing" in said("mutool", "sign", "-v", path)
