"""A timestamp server: one request by HTTP, one answer, and every trouble as one sentence."""

import http.client
import ssl
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 20
# An answer with all its certificates has about ten thousand bytes.
MOST = 256_000
ASKED, ANSWERED = "application/timestamp-query", "application/timestamp-reply"
AWAY = "The timestamp server cannot be reached."
SLOW = "The timestamp server took too long to answer."


class NoStamp(Exception):
    """There is no timestamp this time; str() says why."""


def answer_to(request: bytes, url: str) -> bytes:
    """What the server of TIMESTAMP_URL answers to a request (RFC 3161, 3.4); raises NoStamp.

    It may be anything: whoever asked has to look at it. Redirections are not followed.
    """
    parts = urlsplit(url)
    if parts.scheme == "https":
        safe = ssl.create_default_context()
        server: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.netloc, timeout=TIMEOUT_SECONDS, context=safe
        )
    else:
        server = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_SECONDS)
    where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        server.request("POST", where, request, {"Content-Type": ASKED, "Accept": ANSWERED})
        return _body(server.getresponse())
    except TimeoutError:
        raise NoStamp(SLOW) from None
    except ssl.SSLCertVerificationError:
        raise NoStamp("The timestamp server's https certificate does not fit its name.") from None
    except (OSError, http.client.HTTPException):
        raise NoStamp(AWAY) from None
    finally:
        server.close()


def _body(response: http.client.HTTPResponse) -> bytes:
    if response.status != 200:
        raise NoStamp(f"The timestamp server answered with an error ({response.status}).")
    body = response.read(MOST + 1)
    if len(body) > MOST:
        raise NoStamp("The timestamp server's answer is far too long.")
    return body
