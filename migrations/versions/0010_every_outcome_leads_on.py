"""Every outcome leads on: wrong numbers, who left, what became of a booking, several contacts

The check of outcomes is widened in place: to make `interactions` anew on SQLite would delete
everything that refers to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OUTCOMES = (
    *("spoke", "voicemail", "no_answer", "busy", "wrong_number", "visited", "not_in", "written"),
    *("colleague_answered", "left"),
)
BEFORE = "'not_in', 'written')"
AFTER = "'not_in', 'written', 'colleague_answered', 'left')"
SETTLED = ("happened", "moved", "cancelled", "missed")
STAMPS = ("honoured", "compromise", "not_honoured", "not_asked")


def upgrade() -> None:
    _allow_outcomes()
    op.add_column("contacts", sa.Column("archived_at", MOMENT, nullable=True))
    op.add_column("contacts", sa.Column("number_wrong_since", MOMENT, nullable=True))
    _grow_bookings()
    _create_wrong_numbers()
    _create_interaction_contacts()


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")


def _allow_outcomes() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _rewrite_check(connection)
        return
    name = op.f("ck_interactions_outcome")
    listed = ", ".join(f"'{outcome}'" for outcome in OUTCOMES)
    op.drop_constraint(name, "interactions", type_="check")
    op.create_check_constraint(name, "interactions", sa.text(f"outcome IN ({listed})"))


def _rewrite_check(connection: sa.Connection) -> None:
    """As sqlite.org/lang_altertable.html describes for changes that leave what is stored alone."""
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    changed = connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after)"
            " WHERE type = 'table' AND name = 'interactions' AND instr(sql, :before)"
        ),
        {"before": BEFORE, "after": AFTER},
    )
    if changed.rowcount != 1:
        raise RuntimeError("The check of outcomes is not where the first migration wrote it.")
    connection.execute(sa.text(f"PRAGMA schema_version = {int(version or 0) + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = OFF"))


def _grow_bookings() -> None:
    op.add_column("bookings", sa.Column("made_at", MOMENT, nullable=True))
    op.add_column("bookings", sa.Column("link", sa.String(length=500), nullable=True))
    op.add_column("bookings", sa.Column("place", sa.String(length=300), nullable=True))
    op.add_column("bookings", sa.Column("uid", sa.String(length=120), nullable=True))
    sequence = sa.Column("sequence", sa.Integer(), server_default="0", nullable=False)
    op.add_column("bookings", sequence)
    listed = ", ".join(f"'{word}'" for word in SETTLED)
    check = f"CONSTRAINT ck_bookings_settled CHECK (settled IN ({listed}))"
    op.execute(f"ALTER TABLE bookings ADD COLUMN settled VARCHAR(20) {check}")
    op.execute("UPDATE bookings SET settled = 'happened' WHERE settled_at IS NOT NULL")
    op.execute("UPDATE bookings SET settled = 'cancelled' WHERE cancelled_at IS NOT NULL")


def _create_wrong_numbers() -> None:
    op.create_table(
        "wrong_numbers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name="fk_wrong_numbers_contact_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_numbers"),
    )
    op.create_index("ix_wrong_numbers_contact_id", "wrong_numbers", ["contact_id"])


def _create_interaction_contacts() -> None:
    stamp = sa.Enum(*STAMPS, name="alsostamp", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "interaction_contacts",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("stamp", stamp, nullable=True),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interactions.id"],
            name="fk_interaction_contacts_interaction_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name="fk_interaction_contacts_contact_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interaction_id", "contact_id", name="pk_interaction_contacts"),
    )
    op.create_index("ix_interaction_contacts_contact_id", "interaction_contacts", ["contact_id"])
