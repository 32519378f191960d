"""What people send: kept in memory alone, and heard to its end, so that a refusal arrives."""

import io
from typing import IO

from flask import Flask, Request, Response, request

MOST_TO_SWALLOW = 32_000_000
SIP = 65_536


class InMemory(Request):
    """A request whose files are never written to a disk; MAX_CONTENT_LENGTH keeps them small."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Give Werkzeug a place for a file; by itself it takes a temporary one above 500 kB."""
        return io.BytesIO()


def init_bodies(app: Flask) -> None:
    """Keep files in memory, and swallow what a view did not read, after every request."""
    app.request_class = InMemory
    app.after_request(swallow)


def swallow(response: Response) -> Response:
    """Read on to the end of a body that was refused.

    Closing the connection on somebody who is still sending loses the answer, and then a
    sentence that says what to do never arrives. A body beyond all reason is cut off.
    """
    left = min(request.content_length or 0, MOST_TO_SWALLOW)
    # What a view has begun to read knows its own end; a bare socket would be waited on for ever.
    stream = request.stream if "stream" in vars(request) else request.environ["wsgi.input"]
    while left > 0 and response.status_code >= 400:
        sip = stream.read(min(SIP, left))
        if not sip:
            break
        left -= len(sip)
    return response
