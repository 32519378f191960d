"""Addresses that stand in letters."""

from flask import current_app

from config import Config


def link(endpoint: str, **values: str) -> str | None:
    """A page of ours as a letter can name it; None while BASE_URL is this machine itself."""
    config: Config = current_app.config["FINGERPOST"]
    if not config.public:
        return None
    path: str = current_app.url_map.bind("").build(endpoint, values)
    return config.base_url + path
