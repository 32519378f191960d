"""A signature on paper, filed later as a scan: no tablet, no device clock."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KNOWN, OF_A_TABLET = "ck_signings_method_known", "ck_signings_tablet_unless_paper"
LIVE = "method IN ('drawn', 'typed', 'mark')"
ALL = "method IN ('drawn', 'typed', 'mark', 'paper')"
TABLET_UNLESS_PAPER = (
    "(method = 'paper' AND tablet_id IS NULL AND device_signed_at IS NULL AND drawing IS NULL) OR "
    "(method <> 'paper' AND tablet_id IS NOT NULL AND device_signed_at IS NOT NULL)"
)


def upgrade() -> None:
    with op.batch_alter_table("signings", schema=None) as batch_op:
        batch_op.alter_column("tablet_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.alter_column(
            "device_signed_at", existing_type=sa.DateTime(timezone=True), nullable=True
        )
        batch_op.drop_constraint(op.f(KNOWN), type_="check")
        batch_op.create_check_constraint(op.f(KNOWN), ALL)
        batch_op.create_check_constraint(op.f(OF_A_TABLET), TABLET_UNLESS_PAPER)
    _scans()
    _photographs()


def downgrade() -> None:
    op.drop_table("photographs")
    op.drop_table("scans")
    with op.batch_alter_table("signings", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(OF_A_TABLET), type_="check")
        batch_op.drop_constraint(op.f(KNOWN), type_="check")
        batch_op.create_check_constraint(op.f(KNOWN), LIVE)
        batch_op.alter_column(
            "device_signed_at", existing_type=sa.DateTime(timezone=True), nullable=False
        )
        batch_op.alter_column("tablet_id", existing_type=sa.Uuid(), nullable=False)


def _scans() -> None:
    op.create_table(
        "scans",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("seen_by", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        _foreign("scans", "person_id", "people"),
        _foreign("scans", "version_id", "versions"),
        _foreign("scans", "by_id", "managers"),
        _foreign("scans", "setting_id", "settings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
    )
    op.create_index(op.f("ix_scans_setting_id"), "scans", ["setting_id"])


def _photographs() -> None:
    op.create_table(
        "photographs",
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("sent_sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        _foreign("photographs", "scan_id", "scans", ondelete="CASCADE"),
        _foreign("photographs", "setting_id", "settings"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photographs")),
        sa.UniqueConstraint("scan_id", "number", name=op.f("uq_photographs_scan_id_number")),
    )
    op.create_index(op.f("ix_photographs_setting_id"), "photographs", ["setting_id"])


def _foreign(table: str, column: str, other: str, **more: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, **more)
