"""Errors as people meet them: a sentence and a way on, in the product's look or as JSON."""

import structlog
from flask import Flask, Response, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from models.throttles import TooMany
from models.writing import CannotSave

log = structlog.get_logger()

RETRY_SECONDS = 10
# After these, whoever sent a form may want its page again.
SEND_AGAIN = {400, 409, 413, 500, 503}
SENTENCES = {
    400: "That request could not be read. Please go back and try again.",
    401: "Please sign in first.",
    403: "You cannot open this page with your sign-in.",
    404: "There is nothing at this address. It may have been mistyped.",
    405: "This page cannot be used that way.",
    409: "This page belongs to another setting, or something changed meanwhile. Nothing was "
    "saved; please open it again.",
    413: "That is too large to be sent here, so nothing was kept.",
    415: "That kind of file cannot be read here.",
    429: "That was tried too often. Please wait a few minutes and try again.",
    500: "Something went wrong here. Nothing was saved; please try again.",
    503: "It cannot be saved just now. Nothing was kept; please try again in a moment.",
}


def init_errors(app: Flask) -> None:
    """Answer every error the same way, wherever it comes from."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _not_our_host)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(CannotSave, _cannot_save)
    app.register_error_handler(OperationalError, _cannot_reach)


def error_page(status: int, sentence: str | None = None, heading: str = "") -> Response:
    """One error, as JSON for the tablet's programs and as a page for people."""
    words = sentence or SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    if _wants_json():
        response = jsonify(error=words)
    else:
        again = _page_of_the_form() if status in SEND_AGAIN else None
        response = Response(
            render_template(
                "errors/error.html", status=status, sentence=words, heading=heading, again=again
            )
        )
    response.status_code = status
    return response


def _page_of_the_form() -> str | None:
    """Where the form stands that was sent, if it has a page of its own."""
    rule = request.url_rule
    stands_there = rule is not None and "GET" in (rule.methods or ())
    return request.path if stands_there and request.method == "POST" else None


def _wants_json() -> bool:
    return request.path.startswith("/kiosk/") and request.path != "/kiosk/"


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    if status in {301, 302, 303, 307, 308}:
        return error.get_response()  # type: ignore[return-value]
    response = error_page(status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _not_our_host(_error: SecurityError) -> Response:
    # No page: its links would need an address of ours, and this request came without one.
    return Response("This server does not answer to that name.\n", 400, mimetype="text/plain")


def _stale_form(_error: CSRFError) -> Response:
    return error_page(
        400,
        "Nothing was saved. Please go back and send it once more, or open the page again.",
        "This form was open for too long",
    )


def _too_many(error: TooMany) -> Response:
    response = error_page(429)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _cannot_save(error: CannotSave) -> Response:
    fault = getattr(error.__cause__, "orig", error.__cause__)
    return _later("cannot_save", fault)


def _cannot_reach(error: OperationalError) -> Response:
    return _later("cannot_reach_database", error.orig)


def _later(what: str, fault: BaseException | None) -> Response:
    # The name of the fault and never its text, which may quote what somebody typed.
    log.error(what, cause=getattr(fault, "sqlite_errorname", type(fault).__name__))
    response = error_page(503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
