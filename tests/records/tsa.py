"""A real timestamp server on this machine: openssl answers, and a test may break what it says."""

import http.server
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from asn1crypto import tsp
from pyhanko.keys import load_certs_from_pemder, load_private_key_from_pemder
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from records.stamp import request_for
from tests.records.checkers import tool

SETTINGS = """
[ req ]
distinguished_name = name
[ name ]
[ ca ]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[ stamps ]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ web ]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
[ tsa ]
default_tsa = at_home
[ at_home ]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
ess_cert_id_alg = sha256
accuracy = secs:1
tsa_name = yes
"""
KINDS = {"rsa": ("rsa:2048",), "ec": ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")}
Change = Callable[[bytes], bytes]


class Authority:
    """A throw-away authority with a certificate for timestamps under it, in a folder of its own."""

    def __init__(self, folder: Path, name: str, kind: str = "rsa") -> None:
        folder.mkdir()
        self.folder, self.name, self.kind = folder, name, kind
        (folder / "openssl.cnf").write_text(SETTINGS.format(folder=folder), encoding="ascii")
        (folder / "serial").write_text("01\n", encoding="ascii")
        self._certificate("ca", f"/CN={name} root")
        self._certificate("stamps", f"/O=Test/CN={name}", "-CA", self.ca, "-CAkey", "ca.key")

    @property
    def ca(self) -> Path:
        """The authority's certificate."""
        return self.folder / "ca.pem"

    def answer_for_the_web(self, digest: bytes) -> bytes:
        """The same under a certificate that is for web pages, which openssl would refuse to do."""
        self._certificate("web", f"/CN={self.name}", "-CA", self.ca, "-CAkey", "ca.key")
        pair = (load_certs_from_pemder([str(self.folder / f)]) for f in ("web.pem", "ca.pem"))
        (signer,), (root,) = pair
        key = load_private_key_from_pemder(str(self.folder / "web.key"), None)
        store = SimpleCertificateStore.from_certs([signer, root])
        stamper = DummyTimeStamper(signer, key, certs_to_embed=store, include_nonce=False)
        token = stamper.request_tsa_response(tsp.TimeStampReq.load(request_for(digest, 1)))
        return bytes(token.dump())

    def answer(self, request: bytes) -> bytes:
        """A TimeStampResp to a TimeStampReq."""
        (self.folder / "request.tsq").write_bytes(request)
        self._openssl(
            "ts", "-reply", "-queryfile", "request.tsq", "-signer", "stamps.pem",
            "-inkey", "stamps.key", "-chain", "ca.pem", "-out", "answer.tsr",
        )  # fmt: skip
        return (self.folder / "answer.tsr").read_bytes()

    def _certificate(self, what: str, subject: str, *by: object) -> None:
        self._openssl(
            "req", "-x509", "-nodes", "-newkey", *KINDS[self.kind], "-days", "30", "-subj", subject,
            "-extensions", what, "-keyout", f"{what}.key", "-out", f"{what}.pem", *by,
        )  # fmt: skip

    def _openssl(self, command: str, *arguments: object) -> None:
        subprocess.run(
            [tool("openssl"), command, "-config", "openssl.cnf", *map(str, arguments)],
            cwd=self.folder, check=True, capture_output=True,
        )  # fmt: skip


class Server:
    """The authority's server. `change` is given each right answer and says what leaves instead."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.asked = 0
        self.status = 200
        self.change: Change = lambda answer: answer
        self.before: Change = lambda request: request
        self.url = ""

    def answer(self, request: bytes) -> bytes:
        """What leaves."""
        self.asked += 1
        return self.change(self.authority.answer(self.before(request)))


@contextmanager
def serving(authority: Authority) -> Iterator[Server]:
    """A server on loopback for a while."""
    server = Server(authority)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            answer = server.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(server.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            try:
                self.wfile.write(answer)
            except OSError:
                # Whoever asked was ended, or had enough.
                return

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        http_server.daemon_threads = True
        server.url = f"http://127.0.0.1:{http_server.server_address[1]}/tsa"
        thread = threading.Thread(target=http_server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http_server.shutdown()
            thread.join()


def openssl_verifies(answer: Path, data: Path, ca: Path) -> bool:
    """What `openssl ts -verify` says of an answer, as docs/checking.md tells it."""
    command = ["ts", "-verify", "-in", answer, "-data", data, "-CAfile", ca]
    done = subprocess.run(
        [tool("openssl"), *map(str, command)], capture_output=True, text=True, check=False
    )
    return done.returncode == 0 and "Verification: OK" in done.stdout + done.stderr
