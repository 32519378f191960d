"""The child that checks a setting's records: `python -m records.night_room`, JSON in and out."""

import sys
from uuid import UUID

import orjson
from flask import Flask

from backends.database import prepare_engine
from backends.storage import storage_for
from extensions import db
from records.checking import check_all
from records.child import keep_within
from records.turns import Begun

MEMORY = 1024**3
SECONDS = 240
# More would starve it where much else is going on, and a check has to end.
KINDNESS = 5


def main() -> None:
    """Check one setting within the limits; it can read the database and the archive, no key."""
    keep_within(memory=MEMORY, seconds=SECONDS, kindness=KINDNESS)
    order = orjson.loads(sys.stdin.buffer.read())
    app = Flask("night")
    app.config["SQLALCHEMY_DATABASE_URI"] = order["database_url"]
    app.extensions["storage"] = storage_for(order["storage_url"])
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        outcome = check_all(
            UUID(order["setting_id"]), order["slug"], order["time_zone"], Begun(**order["begun"])
        )
    sys.stdout.buffer.write(orjson.dumps(outcome))


if __name__ == "__main__":
    main()
