"""HTTPS as docs/self-hosting.md says it: a tablet can be connected, and nobody can pretend."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

import clock
from models.tablets import approve_pairing
from models.throttles import LIMITS
from tests.cast import Cast
from tests.https.conftest import Start, free_port
from tests.https.outside import Outside
from tests.https.recipes import block, environment
from tests.needs import needs

pytestmark = pytest.mark.slow

# The test's machine has its own ports, and asks nobody to trust Caddy's root.
ELSEWHERE = """{{
    admin off
    skip_install_trust
    default_bind 127.0.0.1
    http_port {http}
    https_port {https}
}}
"""
PRETENDED = {
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "elsewhere.example",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/elsewhere",
    "Forwarded": "for=192.0.2.1;proto=http;host=elsewhere.example",
}


@pytest.fixture
def behind_caddy(serve: Callable[[dict[str, str]], None], start: Start, tmp_path: Path) -> Outside:
    """The recipe for a server in the house."""
    variables = environment("BASE_URL=https://fingerpost.lan")
    inner, http, https = free_port(), free_port(), free_port()
    site = block("tls internal").replace("127.0.0.1:8000", f"127.0.0.1:{inner}")
    caddyfile = tmp_path / "Caddyfile"
    caddyfile.write_text(ELSEWHERE.format(http=http, https=https) + site, encoding="utf-8")
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    serve(variables | {"PORT": str(inner)})
    with (tmp_path / "caddy.log").open("wb") as log:
        command = ("caddy", "run", "--adapter", "caddyfile", "--config", str(caddyfile))
        start(*command, env=os.environ | home, stdout=log, stderr=log)
    root = tmp_path / "caddy/pki/authorities/local/root.crt"
    tablet = Outside(variables["TRUSTED_HOSTS"], https, root)
    tablet.wait()
    return tablet


@pytest.fixture
def without_a_proxy(serve: Callable[[dict[str, str]], None], tmp_path: Path) -> Outside:
    """The recipe for a certificate of one's own."""
    variables = environment("TLS_CERT_FILE=")
    name, port = variables["TRUSTED_HOSTS"], free_port()
    files = {"TLS_CERT_FILE": tmp_path / "cert.pem", "TLS_KEY_FILE": tmp_path / "key.pem"}
    write_certificate(name, *files.values())
    serve(variables | {"PORT": str(port)} | {key: str(file) for key, file in files.items()})
    tablet = Outside(name, port, files["TLS_CERT_FILE"])
    tablet.wait()
    return tablet


def write_certificate(name: str, certificate: Path, key: Path) -> None:
    """A certificate for one name, signed by itself, for an hour."""
    private = ec.generate_private_key(ec.SECP256R1())
    itself = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(itself)
        .issuer_name(itself)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


@needs("caddy")
def test_a_tablet_is_connected_behind_caddy(behind_caddy: Outside, own: Flask) -> None:
    is_connected(behind_caddy, own)


@needs("caddy")
def test_caddy_lets_nobody_pretend(behind_caddy: Outside, own: Flask) -> None:
    nobody_pretends(behind_caddy, own)


def test_a_tablet_is_connected_without_a_proxy(without_a_proxy: Outside, own: Flask) -> None:
    is_connected(without_a_proxy, own)


def test_without_a_proxy_nobody_pretends(without_a_proxy: Outside, own: Flask) -> None:
    nobody_pretends(without_a_proxy, own)


def is_connected(tablet: Outside, own: Flask) -> None:
    """The page comes over TLS, and pairing gives a cookie that HTTPS alone carries."""
    page = tablet.ask("GET", "/kiosk/")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"]
    cookie = pair(tablet, own)
    assert cookie.startswith("__Host-fingerpost-tablet=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    bundle = tablet.ask("GET", "/kiosk/bundle", headers={"Cookie": cookie.split(";")[0]})
    assert bundle.json()["setting"]["name"] == "Bluebells"


def nobody_pretends(tablet: Outside, own: Flask) -> None:
    """What a stranger says of where they come from changes nothing; where they are does."""
    cookie = pair(tablet, own, PRETENDED)
    assert cookie.startswith("__Host-fingerpost-tablet=")
    # The request is known as our own page's by its origin, so by the address we believe to have.
    known = {"Cookie": cookie.split(";")[0]} | PRETENDED
    found = tablet.ask("POST", "/kiosk/people/search", {"q": "sian"}, known)
    assert found.status == 200, found.body
    tries, _window = LIMITS["pairing_address"]
    for number in range(tries):
        elsewhere = {"X-Forwarded-For": f"192.0.2.{number}"}
        last = tablet.ask("POST", "/kiosk/pairing", {}, elsewhere)
    assert last.status == 429
    assert tablet.ask("POST", "/kiosk/pairing", {}, address="127.0.0.2").status == 200


def pair(tablet: Outside, own: Flask, headers: dict[str, str] | None = None) -> str:
    """Pair the way a person does; the cookie with all that is said of it."""
    codes = tablet.ask("POST", "/kiosk/pairing", {}, headers).json()
    with own.app_context():
        approve_pairing(Cast().bluebells, codes["user_code"], "By the coats", None)
    device = {"device_code": codes["device_code"]}
    token = tablet.ask("POST", "/kiosk/pairing/token", device, headers)
    assert token.status == 200, token.body
    return str(token.headers["Set-Cookie"])
