"""Last days, legal holds, how long things are kept, and who was erased."""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('retentions',
    sa.Column('category', sa.Text(), nullable=False),
    sa.Column('years', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('years BETWEEN 1 AND 80', name=op.f('ck_retentions_years_sensible')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_retentions_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retentions')),
    sa.UniqueConstraint('setting_id', 'category', name=op.f('uq_retentions_setting_id_category'))
    )
    with op.batch_alter_table('retentions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_retentions_setting_id'), ['setting_id'], unique=False)

    op.create_table('erasures',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("why IN ('retention', 'request')", name=op.f('ck_erasures_why_known')),
    sa.ForeignKeyConstraint(['by_id'], ['managers.id'], name=op.f('fk_erasures_by_id_managers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_erasures_person_id_people')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_erasures_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasures')),
    sa.UniqueConstraint('person_id', name=op.f('uq_erasures_person_id'))
    )
    with op.batch_alter_table('erasures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasures_setting_id'), ['setting_id'], unique=False)

    op.create_table('holds',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('by_id', sa.Uuid(), nullable=False),
    sa.Column('event_id', sa.Uuid(), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['managers.id'], name=op.f('fk_holds_by_id_managers')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_holds_event_id_events')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['managers.id'], name=op.f('fk_holds_lifted_by_id_managers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_holds_person_id_people')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_holds_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holds'))
    )
    with op.batch_alter_table('holds', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_holds_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_holds_setting_id'), ['setting_id'], unique=False)

    op.create_table('leavings',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['managers.id'], name=op.f('fk_leavings_by_id_managers')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['managers.id'], name=op.f('fk_leavings_ended_by_id_managers')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_leavings_person_id_people')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_leavings_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leavings'))
    )
    with op.batch_alter_table('leavings', schema=None) as batch_op:
        batch_op.create_index('ix_leavings_closed_at_last_day', ['closed_at', 'last_day'], unique=False)
        batch_op.create_index(batch_op.f('ix_leavings_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_leavings_setting_id'), ['setting_id'], unique=False)

    op.create_table('erased_records',
    sa.Column('signing_id', sa.Uuid(), nullable=False),
    sa.Column('erasure_id', sa.Uuid(), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['erasure_id'], ['erasures.id'], name=op.f('fk_erased_records_erasure_id_erasures')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_erased_records_setting_id_settings')),
    sa.ForeignKeyConstraint(['signing_id'], ['signings.id'], name=op.f('fk_erased_records_signing_id_signings')),
    sa.PrimaryKeyConstraint('signing_id', name=op.f('pk_erased_records'))
    )
    with op.batch_alter_table('erased_records', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erased_records_erasure_id'), ['erasure_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_erased_records_setting_id'), ['setting_id'], unique=False)

    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('privacy_contact', sa.Text(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('settings', schema=None) as batch_op:
        batch_op.drop_column('privacy_contact')

    with op.batch_alter_table('erased_records', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_erased_records_setting_id'))
        batch_op.drop_index(batch_op.f('ix_erased_records_erasure_id'))

    op.drop_table('erased_records')
    with op.batch_alter_table('leavings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_leavings_setting_id'))
        batch_op.drop_index(batch_op.f('ix_leavings_person_id'))
        batch_op.drop_index('ix_leavings_closed_at_last_day')

    op.drop_table('leavings')
    with op.batch_alter_table('holds', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_holds_setting_id'))
        batch_op.drop_index(batch_op.f('ix_holds_person_id'))

    op.drop_table('holds')
    with op.batch_alter_table('erasures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_erasures_setting_id'))

    op.drop_table('erasures')
    with op.batch_alter_table('retentions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_retentions_setting_id'))

    op.drop_table('retentions')
