"""What came of a declaration, and of a talk before signing."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _notes("declaration_reviews", "declaration_id", "declarations", sa.Column("review_on", sa.Date()))
    _notes("talks", "pause_id", "pauses")


def downgrade() -> None:
    op.drop_table("talks")
    op.drop_table("declaration_reviews")


def _notes(table: str, about: str, of: str, *more: sa.Column) -> None:
    def foreign(column: str, other: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint(
            [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
        )

    op.create_table(
        table,
        sa.Column(about, sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        *more,
        sa.Column("sealed_words", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        foreign(about, of),
        foreign("by_id", "managers"),
        foreign("key_id", "keys"),
        foreign("setting_id", "settings"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(f"ix_{table}_{about}_made_at", [about, "made_at"], unique=False)
        batch_op.create_index(batch_op.f(f"ix_{table}_setting_id"), ["setting_id"], unique=False)
