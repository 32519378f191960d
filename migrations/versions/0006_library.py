"""what a version changed, drafts, archived agreements."""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('drafts',
    sa.Column('agreement_id', sa.Uuid(), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('signoff_title', sa.Text(), nullable=True),
    sa.Column('name_label', sa.Text(), nullable=False),
    sa.Column('wordings', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_by_id', sa.Uuid(), nullable=True),
    sa.Column('source', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('setting_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreements.id'], name=op.f('fk_drafts_agreement_id_agreements')),
    sa.ForeignKeyConstraint(['edited_by_id'], ['managers.id'], name=op.f('fk_drafts_edited_by_id_managers')),
    sa.ForeignKeyConstraint(['setting_id'], ['settings.id'], name=op.f('fk_drafts_setting_id_settings')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    sa.UniqueConstraint('agreement_id', name=op.f('uq_drafts_agreement_id'))
    )
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_drafts_setting_id'), ['setting_id'], unique=False)

    with op.batch_alter_table('agreements', schema=None) as batch_op:
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('archived_by_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_agreements_archived_by_id_managers'), 'managers', ['archived_by_id'], ['id'])

    with op.batch_alter_table('versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('change', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('change_reason', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('effective_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('days_to_sign', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('published_by_id', sa.Uuid(), nullable=True))

    # What was published before nobody decided about: everybody stayed current.
    op.execute("UPDATE versions SET change = CASE number WHEN 1 THEN 'first' ELSE 'minor' END, days_to_sign = 14")
    op.execute("UPDATE versions SET effective_on = " + ("date(published_at)" if op.get_bind().dialect.name == "sqlite" else "CAST(published_at AS date)"))
    with op.batch_alter_table('versions', schema=None) as batch_op:
        batch_op.alter_column('published_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('change', existing_type=sa.Text(), nullable=False)
        batch_op.alter_column('effective_on', existing_type=sa.Date(), nullable=False)
        batch_op.alter_column('days_to_sign', existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(batch_op.f('fk_versions_published_by_id_managers'), 'managers', ['published_by_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_versions_change_known'), "change IN ('first', 'minor', 'material')")


def downgrade() -> None:
    with op.batch_alter_table('versions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_versions_change_known'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_versions_published_by_id_managers'), type_='foreignkey')
        batch_op.alter_column('published_at', existing_type=sa.DateTime(timezone=True), nullable=True)
        for column in ('published_by_id', 'days_to_sign', 'effective_on', 'change_reason', 'change'):
            batch_op.drop_column(column)

    with op.batch_alter_table('agreements', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_agreements_archived_by_id_managers'), type_='foreignkey')
        batch_op.drop_column('archived_by_id')
        batch_op.drop_column('archived_at')

    op.drop_table('drafts')
