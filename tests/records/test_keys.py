"""Keys are renewed, by hand or because they ran out, and what was sealed stays good."""

import hashlib
import io
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

import clock
from extensions import db
from models.base import new_id
from models.events import Event, check_history
from models.keys import Key, certificates, current_key, keys_for
from models.signings import Declaration, Record, whole_pdf
from models.writing import writing
from records.aside import aside
from records.inbox import INFO, SUITE, open_letter
from records.keys import open_seal, renew, renew_authority, settings_behind
from records.lifetimes import seal_life
from records.seal import lifetime, load_signer, new_authority, new_seal
from records.signing import Accepted, sign
from records.verdicts import verdict_on_record
from tests.cast import Cast, signing_body
from tests.needs import needs
from tests.records.checkers import pdfsig, trust
from tests.records.fixtures import sealed_of

pytestmark = pytest.mark.usefixtures("quick_press")
YEAR = timedelta(days=365.25)
Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Let so much time have passed since now."""
    start = datetime.now(UTC)

    def to(passed: timedelta) -> None:
        monkeypatch.setattr("clock.now", lambda: start + passed)

    return to


def signs(**changes: Any) -> Accepted:
    """Somebody signs at Bluebells."""
    cast = Cast()
    return sign(cast.tablet, new_id(), signing_body(cast.version.id, **changes), clock.now(), None)


def renewed(purpose: str) -> None:
    with writing():
        renew(purpose, Cast().bluebells)


def genuine(signed: Accepted) -> bool:
    verdict = verdict_on_record(signed.record_id)
    return verdict is not None and verdict.genuine


def keys(purpose: str) -> list[Key]:
    whose = None if purpose == "ca" else Cast().bluebells.id
    return list(db.session.scalars(keys_for(purpose, whose)))


def pdf_of(signed: Accepted) -> bytes:
    return whole_pdf(db.session.get_one(Record, signed.record_id))


def renewals() -> list[dict[str, str]]:
    rows = sa.select(Event.ids).where(Event.kind == "key.renewed").order_by(Event.sequence)
    return list(db.session.scalars(rows))


def test_records_from_before_and_after_a_renewal_verify(cast: Cast) -> None:
    signed = [signs()]
    renewed("seal")
    signed.append(signs())
    assert list(renew_authority())
    signed.append(signs())
    used = {db.session.get_one(Record, one.record_id).seal_key_id for one in signed}
    assert len(used) == 3
    assert all(genuine(one) for one in signed)


def test_a_renewal_is_an_event_and_keeps_the_old_key(cast: Cast) -> None:
    old = current_key("seal", cast.bluebells.id).id
    renewed("seal")
    new = current_key("seal", cast.bluebells.id)
    [told] = renewals()
    assert told == {
        "purpose": "seal",
        "key": str(new.id),
        "retired": str(old),
        "certificate_sha256": hashlib.sha256(new.certificate or b"").hexdigest(),
        "authority_sha256": hashlib.sha256(certificates("ca")[0]).hexdigest(),
    }
    assert [key.retired_at is None for key in keys("seal")] == [True, False]
    assert check_history(cast.bluebells.id).faults == []


def test_pyhanko_trusts_old_and_new_only_by_their_own_authorities(cast: Cast) -> None:
    old = pdf_of(signs())
    list(renew_authority())
    new = pdf_of(signs())
    newest, oldest = certificates("ca")
    for pdf, own, other in ((old, oldest, newest), (new, newest, oldest)):
        assert trusted(pdf, [own])
        assert trusted(pdf, [own, other])
        assert not trusted(pdf, [other])


def trusted(pdf: bytes, roots: list[bytes]) -> bool:
    (seal,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    context = ValidationContext(
        trust_roots=[Certificate.load(root) for root in roots],
        allow_fetching=False,
        moment=seal.self_reported_timestamp,
    )
    status = aside(lambda: validate_pdf_signature(seal, context))
    return bool(status.intact and status.valid and status.trusted)


@needs("pdfsig", "certutil")
def test_pdfsig_finds_both_valid(cast: Cast, tmp_path: Path) -> None:
    files = [put(tmp_path / "old.pdf", pdf_of(signs()))]
    list(renew_authority())
    files.append(put(tmp_path / "new.pdf", pdf_of(signs())))
    for number, (file, certificate) in enumerate(zip(files, certificates("ca")[::-1], strict=True)):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = pdfsig(file, trust(folder, certificate))
        assert "Signature is Valid." in found
        assert "Certificate is Trusted." in found


@needs("pdfsig", "certutil")
def test_pdfsig_finds_an_old_seal_valid_and_says_that_its_certificate_ran_out(
    printed: bytes, tmp_path: Path
) -> None:
    at = datetime.now(UTC) - 15 * YEAR
    authority = new_authority("Fingerpost", at)
    signer = load_signer(new_seal(authority, "Bluebell", at), authority.certificate_der)
    file = put(tmp_path / "old.pdf", sealed_of(printed, signer, at))
    found = pdfsig(file, trust(tmp_path, authority.certificate_der))
    assert "Signature is Valid." in found
    assert "Total document signed" in found
    assert "Certificate has Expired" in found


def put(path: Path, pdf: bytes) -> Path:
    path.write_bytes(pdf)
    return path


def test_a_renewal_that_was_killed_goes_on_where_it_was(cast: Cast) -> None:
    before = len(settings_behind())
    work = renew_authority()
    next(work)
    work.close()
    behind = settings_behind()
    assert (before, len(behind)) == (0, 1)
    assert genuine(signs())
    assert open_seal(current_key("seal", behind[0]))
    assert list(renew_authority()) == behind
    assert settings_behind() == []
    assert len(keys("ca")) == 2


def test_a_letter_to_a_retired_inbox_is_opened(cast: Cast) -> None:
    setting_id, signing_id = cast.bluebells.id, new_id()
    point = current_key("inbox", setting_id).public or b""
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    letter = SUITE.encrypt(b"{}", public, info=INFO + str(signing_id).encode())
    renewed("inbox")
    assert current_key("inbox", setting_id).public != point
    assert open_letter(setting_id, signing_id, letter) == b"{}"


def test_what_was_told_before_is_still_read(cast: Cast) -> None:
    from records.declarations import look

    signs(declaration={"kind": "other", "note": "Before."})
    renewed("declarations")
    signs(declaration={"kind": "other", "note": "After."})
    told = db.session.scalars(sa.select(Declaration).order_by(Declaration.made_at)).all()
    assert len({declaration.key_id for declaration in told}) == 2
    answers = look(list(told), cast.alice)
    assert [answer.note for _declaration, answer in answers] == ["Before.", "After."]


def test_a_seal_in_force_is_left_alone(cast: Cast, later: Later) -> None:
    later(9 * YEAR)
    assert genuine(signs())
    assert len(keys("seal")) == 1


def test_nobody_is_refused_because_a_seal_ran_out(cast: Cast, later: Later) -> None:
    before = signs()
    later(11 * YEAR)
    after = signs()
    assert genuine(before)
    assert genuine(after)
    assert len(keys("seal")) == 2
    assert len(keys("ca")) == 1
    assert [told["purpose"] for told in renewals()] == ["seal"]
    life = seal_life(cast.bluebells.id, clock.now())
    assert life.replaced_at == clock.now()
    assert not life.other_authority
    # Its authority has nine years left, and no seal outlives it.
    assert life.ends_at == lifetime(certificates("ca")[0])[1]


def test_nor_because_the_authority_did(cast: Cast, later: Later) -> None:
    before = signs()
    later(21 * YEAR)
    after = signs()
    assert genuine(before)
    assert genuine(after)
    assert len(keys("ca")) == 2
    life = seal_life(cast.bluebells.id, clock.now())
    assert life.other_authority
    assert life.ends_at > clock.now() + 9 * YEAR


def test_a_clock_that_was_years_ahead_leaves_no_seal_from_the_future(
    cast: Cast, later: Later
) -> None:
    later(30 * YEAR)
    ahead = signs()
    later(timedelta(minutes=5))
    back = signs()
    again = signs()
    assert len(keys("seal")) == 3
    renewed("seal")
    later_still = signs()
    assert all(genuine(signed) for signed in (ahead, back, again, later_still))
    assert len(keys("ca")) == 3


def test_a_clock_that_is_put_back_a_little_changes_nothing(cast: Cast, later: Later) -> None:
    renewed("seal")
    later(-timedelta(minutes=30))
    assert genuine(signs())
    assert len(keys("seal")) == 2


def test_all_who_sign_at_once_share_one_renewal(
    own_app: Callable[..., Flask], later: Later
) -> None:
    app = own_app()
    answers: list[Any] = []
    start = threading.Barrier(4)

    def act() -> None:
        with app.app_context():
            start.wait()
            answers.append(signs())

    with app.app_context():
        later(21 * YEAR)
        threads = [threading.Thread(target=act) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(genuine(answer) for answer in answers)
        assert len(answers) == 4
        assert len(keys("seal")) == len(keys("ca")) == 2


@pytest.mark.parametrize(
    ("passed", "purpose", "ends_soon", "has_ended"),
    [
        (timedelta(0), "seal", False, False),
        (10 * YEAR - timedelta(days=91), "seal", False, False),
        (10 * YEAR - timedelta(days=89), "seal", True, False),
        (10 * YEAR + timedelta(days=1), "seal", False, True),
        (20 * YEAR - timedelta(days=89), "ca", False, True),
    ],
)
def test_what_runs_out_is_known_90_days_before(
    cast: Cast, later: Later, passed: timedelta, purpose: str, ends_soon: bool, has_ended: bool
) -> None:
    later(passed)
    life = seal_life(cast.bluebells.id, clock.now())
    assert (life.purpose, life.ends_soon, life.has_ended) == (purpose, ends_soon, has_ended)
    assert life.replaced_at is None
