"""Joined entries, imports, and whom to ask at an agency or a college."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

CONTACT = ("contact_name", "contact_email", "contact_phone")


def upgrade() -> None:
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        for name in CONTACT:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("checked_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "merges",
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("kept_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        *of_setting("merges"),
        *person("merges", "merged_id", "kept_id"),
        sa.PrimaryKeyConstraint("merged_id", name=op.f("pk_merges")),
    )
    op.create_index(op.f("ix_merges_setting_id"), "merges", ["setting_id"])
    op.create_index(op.f("ix_merges_kept_id"), "merges", ["kept_id"])
    op.create_table(
        "distinctions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        *of_setting("distinctions"),
        *person("distinctions", "first_id", "second_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinctions")),
        sa.UniqueConstraint(
            "first_id", "second_id", name=op.f("uq_distinctions_first_id_second_id")
        ),
    )
    op.create_index(op.f("ix_distinctions_setting_id"), "distinctions", ["setting_id"])
    op.create_index(op.f("ix_distinctions_second_id"), "distinctions", ["second_id"])
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("rows", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("columns", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        *of_setting("imports"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_setting_id"), "imports", ["setting_id"])


def of_setting(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("setting_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["managers.id"], name=op.f(f"fk_{table}_by_id_managers")
        ),
        sa.ForeignKeyConstraint(
            ["setting_id"], ["settings.id"], name=op.f(f"fk_{table}_setting_id_settings")
        ),
    ]


def person(table: str, *columns: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.ForeignKeyConstraint([name], ["people.id"], name=op.f(f"fk_{table}_{name}_people"))
        for name in columns
    ]


def downgrade() -> None:
    for table in ("imports", "distinctions", "merges"):
        op.drop_table(table)
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        for name in ("ended_at", "checked_on", *reversed(CONTACT)):
            batch_op.drop_column(name)
