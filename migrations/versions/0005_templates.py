"""templates."""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('templates',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version_id', sa.Uuid(), nullable=False),
    sa.Column('wording_sha256', sa.Text(), nullable=False),
    sa.Column('made_of_sha256', sa.Text(), nullable=False),
    sa.Column('pdf', sa.LargeBinary(), nullable=False),
    sa.Column('plan', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_templates_setting_id_settings')),
    sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_templates_version_id_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_templates')),
    sa.UniqueConstraint('version_id', 'made_of_sha256', name=op.f('uq_templates_version_id_made_of_sha256'))
    )
    with op.batch_alter_table('templates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_templates_setting_id'), ['setting_id'], unique=False)

    # A record of before has no template: its bytes are whole.
    with op.batch_alter_table('records', schema=None) as batch_op:
        batch_op.add_column(sa.Column('template_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_records_template_id_templates'), 'templates', ['template_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_records_template_id'), ['template_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('records', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_records_template_id'))
        batch_op.drop_constraint(batch_op.f('fk_records_template_id_templates'), type_='foreignkey')
        batch_op.drop_column('template_id')

    op.drop_table('templates')
