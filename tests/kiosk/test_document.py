"""The document, the bundle and the pictures a paired tablet may read."""

import base64
import gzip

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask.testing import FlaskClient

from extensions import db
from models.managers import Membership
from models.writing import writing
from tests.cast import TABLET_TOKEN, Cast


@pytest.fixture
def paired(raw_client: FlaskClient, cast: Cast) -> FlaskClient:
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)
    db.session.commit()
    return raw_client


def test_the_document_holds_nobody(paired: FlaskClient, cast: Cast) -> None:
    document = paired.get("/kiosk/").get_data(as_text=True)
    assert "<h1" in document
    assert "Bluebells" not in document
    assert "Siân" not in document


@pytest.mark.parametrize("path", ["/kiosk/bundle", "/kiosk/logo", "/kiosk/codes/X.svg"])
def test_nothing_without_a_paired_tablet(raw_client: FlaskClient, path: str) -> None:
    assert raw_client.get(path).status_code == 401


def test_a_foreign_page_reads_nothing(paired: FlaskClient) -> None:
    answer = paired.get("/kiosk/bundle", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_the_bundle(paired: FlaskClient, cast: Cast) -> None:
    bundle = paired.get("/kiosk/bundle").json
    assert bundle["setting"]["name"] == "Bluebells"
    assert bundle["setting"]["dsl_named"] is True
    assert bundle["check_address"] is None
    agreement = bundle["agreements"][0]
    assert agreement["version_id"] == str(cast.version.id)
    assert agreement["number"] == 1
    assert agreement["wording"]["volunteer"] == cast.version.sentences["volunteer"]
    assert agreement["categories"][0] == "employee"
    assert "<h2>" in agreement["html"]
    point = base64.b64decode(bundle["public_key"])
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def test_no_safeguarding_lead_named(paired: FlaskClient, cast: Cast) -> None:
    with writing():
        db.session.execute(Membership.__table__.delete().where(Membership.role == "dsl"))
    assert paired.get("/kiosk/bundle").json["setting"]["dsl_named"] is False


def test_the_bundle_is_sent_once(paired: FlaskClient) -> None:
    first = paired.get("/kiosk/bundle")
    again = paired.get("/kiosk/bundle", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "Set-Cookie" in again.headers, "the cookie is renewed with each bundle"


def test_the_bundle_is_packed_for_browsers_that_can(paired: FlaskClient) -> None:
    plain = paired.get("/kiosk/bundle")
    packed = paired.get("/kiosk/bundle", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data


def test_no_codes_to_scan_while_the_address_is_this_machine(paired: FlaskClient) -> None:
    assert paired.get("/kiosk/codes/ABCD-EFGH-JKMN-PQRS.svg").status_code == 404


def test_no_logo_yet(paired: FlaskClient) -> None:
    assert paired.get("/kiosk/logo").status_code == 404


@pytest.mark.parametrize(
    ("said", "kept"), [("3", 3), ("0", 0), ("", 5), ("-1", 5), ("3x", 5), ("1234567", 5)]
)
def test_it_says_how_many_signatures_it_keeps(
    paired: FlaskClient, cast: Cast, said: str, kept: int
) -> None:
    paired.get("/kiosk/bundle", headers={"Fingerpost-Holding": "5"})
    paired.get("/kiosk/bundle", headers={"Fingerpost-Holding": said})
    db.session.expire_all()
    assert cast.tablet.holding == kept
