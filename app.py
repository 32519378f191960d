"""create_app(): the table of contents."""

import os
import sys
from collections.abc import Mapping
from typing import Any

from dotenv import load_dotenv
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from agreements.underway import publish_draft
from backends.database import engine_options, prepare_engine
from blueprints.kiosk import kiosk
from blueprints.manager import manager
from blueprints.public import public
from blueprints.pwa import pwa
from blueprints.setup import setup
from blueprints.verify import verify
from commands import init_commands
from config import ROOT, Config, ConfigFaults, read_config
from extensions import csrf, db, init_migrations, init_outside, mailer, vault
from models.imports import drop_old_imports
from models.scans import drop_old_scans
from models.writing import empty_the_log
from outbox.worker import init_outbox
from records.archive import archive_copy, archive_pages, remove_copy
from records.nightly import check_where_due, nightly_check
from records.ready import lay_out_ahead
from records.stamping import manifest_where_due, stamp_manifests
from renewals.deciding import decide_where_due
from renewals.digest import digest_letter, digest_where_due
from renewals.leaving import close_those_who_left
from renewals.letters import confirm_letter, copy_letter, reminder_letter
from settings.inviting import invitation_letter
from web.assets import init_assets
from web.bodies import init_bodies
from web.errors import init_errors
from web.filters import init_filters
from web.headers import init_headers
from web.logs import init_logs
from web.signin import init_signin

# What the outbox does with each kind of item, and what its worker looks after by the day.
HANDLERS = {
    "archive": archive_copy,
    "check": nightly_check,
    "confirm": confirm_letter,
    "copy": copy_letter,
    "digest": digest_letter,
    "invitation": invitation_letter,
    "layout": lay_out_ahead,
    "pages": archive_pages,
    "publish": publish_draft,
    "reminder": reminder_letter,
    "stamp": stamp_manifests,
    "unarchive": remove_copy,
}
CHORES = (
    # First of all: who left yesterday is not reminded today.
    close_those_who_left,
    check_where_due,
    manifest_where_due,
    drop_old_imports,
    drop_old_scans,
    lambda: decide_where_due(mailer.sends),
    lambda: digest_where_due(mailer.sends),
    empty_the_log,
)


def create_app(config: Config | None = None, changes: Mapping[str, Any] | None = None) -> Flask:
    """Make the app; `changes` are for tests only."""
    config = config or config_or_exit()
    app = Flask(
        "fingerpost", root_path=str(ROOT), instance_path=str(config.instance), static_folder=None
    )
    app.config.from_mapping(flask_config(config))
    app.config.update(changes or {})
    vault.unlock(config.master_key)

    init_logs()
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
    init_migrations(app, str(ROOT / "migrations"))
    init_outside(app, config)
    csrf.init_app(app)
    init_signin(app)
    init_headers(app)
    init_errors(app)
    init_bodies(app)
    init_assets(app)
    init_filters(app)

    for door in (kiosk, manager, verify, public, pwa, setup):
        app.register_blueprint(door)
    csrf.exempt(kiosk)

    init_commands(app)
    init_outbox(app, HANDLERS, CHORES)
    if config.trusted_proxies:
        hops = config.trusted_proxies
        # Not the port: Caddy passes on what a stranger says of it, and Host names it anyway.
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, x_port=0)  # type: ignore[method-assign]
    return app


def config_or_exit() -> Config:
    """Config from the environment and .env; its faults are said and end the start."""
    load_dotenv(ROOT / ".env")
    try:
        return read_config(os.environ)
    except ConfigFaults as error:
        sys.stderr.write("\n".join(error.faults) + "\n")
        raise SystemExit(1) from None


def flask_config(config: Config) -> dict[str, Any]:
    """What Flask and its extensions want to know of our Config."""
    return {
        "FINGERPOST": config,
        "SECRET_KEY": config.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(config.database_url),
        "MAX_CONTENT_LENGTH": 3_000_000,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "TRUSTED_HOSTS": list(config.trusted_hosts) or None,
        "SESSION_COOKIE_NAME": "fingerpost-desk",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": config.base_url.startswith("https://"),
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
    }
