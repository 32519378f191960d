"""Every outside world the app talks to, named once."""

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from backends.vault import Vault

db = SQLAlchemy(
    # Objects stay readable after a commit: reading them again would open a second transaction,
    # and on SQLite's rollback journal an open reader makes the next writer wait.
    session_options={"expire_on_commit": False, "join_transaction_mode": "create_savepoint"},
)
migrate = Migrate(render_as_batch=True, compare_type=True)
csrf = CSRFProtect()
vault = Vault()
