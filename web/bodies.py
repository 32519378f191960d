"""Lets a refusal be heard: a client that is still sending cannot listen."""

from flask import Flask, Response, request

MOST_TO_SWALLOW = 32_000_000
SIP = 65_536


def init_bodies(app: Flask) -> None:
    """Swallow what a view did not read, after every request."""
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
