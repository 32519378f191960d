"""The daily manifests, and the timestamps that somebody else set under them."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "manifests",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("stamped_at", sa.DateTime(timezone=True)),
        sa.Column("stamped_by", sa.Text()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["setting_id"], ["settings.id"], name=op.f("fk_manifests_setting_id_settings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manifests")),
        sa.UniqueConstraint("setting_id", "day", name=op.f("uq_manifests_setting_id_day")),
        sa.UniqueConstraint("setting_id", "number", name=op.f("uq_manifests_setting_id_number")),
    )
    with op.batch_alter_table("manifests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_manifests_setting_id"), ["setting_id"], unique=False)


def downgrade() -> None:
    op.drop_table("manifests")
