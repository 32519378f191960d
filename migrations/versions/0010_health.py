"""hints that were set aside."""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('hint_dismissals',
    sa.Column('agreement_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('words_sha256', sa.Text(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_by_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreements.id'], name=op.f('fk_hint_dismissals_agreement_id_agreements')),
    sa.ForeignKeyConstraint(['by_id'], ['managers.id'], name=op.f('fk_hint_dismissals_by_id_managers')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_hint_dismissals_setting_id_settings')),
    sa.ForeignKeyConstraint(['taken_back_by_id'], ['managers.id'], name=op.f('fk_hint_dismissals_taken_back_by_id_managers')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hint_dismissals'))
    )
    with op.batch_alter_table('hint_dismissals', schema=None) as batch_op:
        batch_op.create_index('ix_hint_dismissals_agreement_id_key', ['agreement_id', 'key'], unique=False)
        batch_op.create_index(batch_op.f('ix_hint_dismissals_setting_id'), ['setting_id'], unique=False)


def downgrade() -> None:
    op.drop_table('hint_dismissals')
