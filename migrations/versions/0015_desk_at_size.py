"""Indexes for a desk with 100,000 records, and what a tablet says that it holds."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Table, index, columns before, and what the index has beside them now.
WIDER = (
    ("signings", "ix_signings_setting_id_received_at", ["setting_id", "received_at"],
     ["id", "effective_at", "person_id", "agreement_id", "version_id", "category", "method"]),
    ("signings", "ix_signings_person_id_effective_at", ["person_id", "effective_at"],
     ["agreement_id", "received_at", "setting_id", "id"]),
    ("dues", "ix_dues_setting_id_due_on", ["setting_id", "due_on"],
     ["signing_id", "person_id", "agreement_id"]),
    ("person_categories", "ix_person_categories_person_id_until", ["person_id", "until"],
     ["category", "organisation_id"]),
)  # fmt: skip
WENT_WRONG = sa.text("last_fault IS NOT NULL")


def upgrade() -> None:
    for table, name, columns, more in WIDER:
        op.drop_index(name, table)
        op.create_index(name, table, columns + more)
    op.add_column("tablets", sa.Column("holding", sa.Integer, nullable=False, server_default="0"))
    op.create_index(
        "ix_declarations_waiting", "declarations", ["setting_id", "told", "first_read_at"]
    )
    op.create_index(
        "ix_outbox_faults", "outbox", ["setting_id", "made_at"],
        sqlite_where=WENT_WRONG, postgresql_where=WENT_WRONG,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_outbox_faults", "outbox")
    op.drop_index("ix_declarations_waiting", "declarations")
    with op.batch_alter_table("tablets", schema=None) as batch_op:
        batch_op.drop_column("holding")
    for table, name, columns, _more in WIDER:
        op.drop_index(name, table)
        op.create_index(name, table, columns)
