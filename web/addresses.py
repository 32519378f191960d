"""Addresses that another device must be able to open."""

import segno
from flask import current_app, request


def outside(endpoint: str, **values: str) -> str:
    """An absolute address: BASE_URL where it can be reached, otherwise the one in use now."""
    config = current_app.config["FINGERPOST"]
    root: str = config.base_url if config.public else request.host_url.rstrip("/")
    path: str = current_app.url_for(endpoint, **values)  # type: ignore[arg-type]
    return root + path


def qr(address: str) -> str:
    """An address as a square to point another device at, for the src of a picture."""
    return str(segno.make(address, error="m", micro=False).svg_data_uri(border=2))
