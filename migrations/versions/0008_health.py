"""hints that were set aside; social media accounts, who watches them, and their checks."""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('social_accounts',
    sa.Column('platform', sa.Text(), nullable=False),
    sa.Column('handle', sa.Text(), nullable=False),
    sa.Column('check_every_days', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_social_accounts_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_social_accounts'))
    )
    with op.batch_alter_table('social_accounts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_social_accounts_setting_id'), ['setting_id'], unique=False)

    op.create_table('account_checks',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("outcome IN ('nothing', 'told_dsl')", name=op.f('ck_account_checks_outcome_known')),
    sa.ForeignKeyConstraint(['account_id'], ['social_accounts.id'], name=op.f('fk_account_checks_account_id_social_accounts')),
    sa.ForeignKeyConstraint(['by_id'], ['managers.id'], name=op.f('fk_account_checks_by_id_managers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_account_checks_person_id_people')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_account_checks_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_checks'))
    )
    with op.batch_alter_table('account_checks', schema=None) as batch_op:
        batch_op.create_index('ix_account_checks_account_id_checked_on', ['account_id', 'checked_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_checks_setting_id'), ['setting_id'], unique=False)

    op.create_table('account_monitors',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['social_accounts.id'], name=op.f('fk_account_monitors_account_id_social_accounts')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_account_monitors_person_id_people')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_account_monitors_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_monitors'))
    )
    with op.batch_alter_table('account_monitors', schema=None) as batch_op:
        batch_op.create_index('ix_account_monitors_account_id_until', ['account_id', 'until'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_monitors_setting_id'), ['setting_id'], unique=False)

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
    op.drop_table('account_monitors')
    op.drop_table('account_checks')
    op.drop_table('social_accounts')
