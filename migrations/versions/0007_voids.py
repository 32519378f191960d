"""voids."""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('voids',
    sa.Column('signing_id', sa.Uuid(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['managers.id'], name=op.f('fk_voids_by_id_managers')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_voids_event_id_events')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_voids_setting_id_settings')),
    sa.ForeignKeyConstraint(['signing_id'], ['signings.id'], name=op.f('fk_voids_signing_id_signings')),
    sa.PrimaryKeyConstraint('signing_id', name=op.f('pk_voids'))
    )
    with op.batch_alter_table('voids', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_voids_setting_id'), ['setting_id'], unique=False)


def downgrade() -> None:
    op.drop_table('voids')
