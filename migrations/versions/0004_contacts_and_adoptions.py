"""contacts and adoptions."""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('contacts',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("kind IN ('dsl', 'deputy', 'lado', 'front_door', 'whistleblowing')", name=op.f('ck_contacts_kind_known')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_contacts_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contacts'))
    )
    with op.batch_alter_table('contacts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contacts_setting_id'), ['setting_id'], unique=False)

    op.create_table('adoptions',
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('adopted_by', sa.Text(), nullable=False),
    sa.Column('adopted_on', sa.Date(), nullable=False),
    sa.Column('review_on', sa.Date(), nullable=False),
    sa.Column('signed_name', sa.Text(), nullable=False),
    sa.Column('signed_role', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['managers.id'], name=op.f('fk_adoptions_by_id_managers')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_adoptions_setting_id_settings')),
    sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_adoptions_version_id_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adoptions'))
    )
    with op.batch_alter_table('adoptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adoptions_setting_id'), ['setting_id'], unique=False)
        batch_op.create_index('ix_adoptions_version_id_made_at', ['version_id', 'made_at'], unique=False)


def downgrade() -> None:
    op.drop_table('adoptions')
    op.drop_table('contacts')
