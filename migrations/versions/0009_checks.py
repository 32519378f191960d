"""checks."""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('checks',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('seals', sa.Integer(), nullable=False),
    sa.Column('events', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('faults', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('wrong', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_checks_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checks'))
    )
    with op.batch_alter_table('checks', schema=None) as batch_op:
        batch_op.create_index('ix_checks_setting_id_made_at', ['setting_id', 'made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_checks_setting_id'), ['setting_id'], unique=False)

    # A check goes through the records in the order of their events.
    with op.batch_alter_table('records', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_records_event_id'), ['event_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('records', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_records_event_id'))

    op.drop_table('checks')
