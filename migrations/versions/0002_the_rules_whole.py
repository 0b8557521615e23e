"""The rules, whole

Columns are added in place, their constraints with them: to make a table anew, as SQLite needs it
for a constraint that is added later, would drop the old one and delete what refers to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = ("digest", "booked", "promise", "recovery", "escalation", "test")
TOPICS = ("apology", "difficult", "first_call", "slower", "quote")
CHANNELS = ("phone", "video", "visit", "email", "text")
SITUATIONS = (
    "apology",
    "second_time",
    "late_promise",
    "first_call",
    "new_contact",
    "handover",
    "ask_preference",
    "slower",
    "difficult",
    "unheard",
    "nothing_new",
)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _tables()
    _interactions()
    _recoveries()
    _rest()
    _notices()


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")


def _words(name: str, words: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=20)


def _add_choice(table: str, column: str, words: tuple[str, ...], name: str = "") -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    check = f"CONSTRAINT ck_{table}_{name or column} CHECK ({column} IN ({listed}))"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(20) {check}")


def _add_reference(table: str, column: str, other: str, gone: str = "") -> None:
    reference = f"CONSTRAINT fk_{table}_{column} REFERENCES {other} (id) {gone}"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {reference}")


def _key(table: str, column: str, other: str, gone: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=gone)


def _tables() -> None:
    op.create_table(
        "numbers",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_numbers")),
    )
    op.create_table(
        "causes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _key("causes", "team_id", "teams", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_causes")),
        sa.UniqueConstraint("team_id", "words", name=op.f("uq_causes_team_id_words")),
    )
    op.create_table(
        "openings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("situation", _words("situation", SITUATIONS), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", MOMENT, nullable=False),
        _key("openings", "changed_by_id", "users"),
        _key("openings", "team_id", "teams", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
        sa.UniqueConstraint("team_id", "situation", name=op.f("uq_openings_team_id_situation")),
    )
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _key("handovers", "client_id", "clients", "CASCADE"),
        _key("handovers", "from_id", "users"),
        _key("handovers", "to_id", "users"),
        _key("handovers", "made_by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(op.f("ix_handovers_client_id"), "handovers", ["client_id"])
    op.create_table(
        "writing_overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("recovery_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("something_else", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _key("writing_overrides", "client_id", "clients", "CASCADE"),
        _key("writing_overrides", "contact_id", "contacts", "SET NULL"),
        _key("writing_overrides", "recovery_id", "recoveries", "SET NULL"),
        _key("writing_overrides", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing_overrides")),
    )
    op.create_index(op.f("ix_writing_overrides_at"), "writing_overrides", ["at"])
    op.create_index(op.f("ix_writing_overrides_client_id"), "writing_overrides", ["client_id"])
    op.create_table(
        "lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("marked_by_id", sa.Integer(), nullable=False),
        sa.Column("topic", _words("topic", TOPICS), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("marked_at", MOMENT, nullable=False),
        sa.Column("shared_at", MOMENT, nullable=True),
        sa.Column("declined_at", MOMENT, nullable=True),
        _key("lessons", "interaction_id", "interactions", "CASCADE"),
        _key("lessons", "marked_by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lessons")),
        sa.UniqueConstraint("interaction_id", name=op.f("uq_lessons_interaction_id")),
    )
    op.create_index(op.f("ix_lessons_shared_at"), "lessons", ["shared_at"])


def _interactions() -> None:
    stamps = ("honoured", "compromise", "not_honoured", "not_asked")
    _add_choice("interactions", "stamp", stamps)
    _add_choice("interactions", "mood", ("good", "neutral", "worried"))
    _add_reference("interactions", "recap_of_id", "interactions", "ON DELETE SET NULL")
    _add_reference("interactions", "recovery_id", "recoveries", "ON DELETE SET NULL")
    op.add_column("interactions", sa.Column("latitude", sa.Double(), nullable=True))
    op.add_column("interactions", sa.Column("longitude", sa.Double(), nullable=True))
    op.create_index(op.f("ix_interactions_recap_of_id"), "interactions", ["recap_of_id"])
    op.create_index(op.f("ix_interactions_recovery_id"), "interactions", ["recovery_id"])


def _recoveries() -> None:
    op.add_column("recoveries", sa.Column("know_by", MOMENT, nullable=True))
    op.add_column("recoveries", sa.Column("escalated_at", MOMENT, nullable=True))
    _add_reference("recoveries", "opened_by_id", "users")
    _add_reference("recoveries", "again_of_id", "recoveries", "ON DELETE SET NULL")
    _add_reference("recoveries", "prevention_id", "promises", "ON DELETE SET NULL")


def _rest() -> None:
    op.add_column("clients", sa.Column("raised_on", sa.Date(), nullable=True))
    raised = sa.text("status = 'active' AND raised_on IS NOT NULL")
    columns = ["owner_id", "raised_on"]
    op.create_index(
        "ix_clients_raised", "clients", columns, sqlite_where=raised, postgresql_where=raised
    )
    op.add_column("contacts", sa.Column("new_since", sa.Date(), nullable=True))
    _add_reference("covers", "made_by_id", "users")
    op.add_column("covers", sa.Column("made_at", MOMENT, nullable=True))
    op.add_column("covers", sa.Column("ended_at", MOMENT, nullable=True))
    kinds = "CONSTRAINT ck_needs_needkind CHECK (kind IN ('need', 'want', 'thinks'))"
    op.execute(f"ALTER TABLE needs ADD COLUMN kind VARCHAR(20) DEFAULT 'need' NOT NULL {kinds}")
    only = sa.Column("only_when_needed", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("preferences", only)
    _add_choice("preferences", "compromise_channel", CHANNELS)
    op.add_column("promise_moves", sa.Column("moved_on", sa.Date(), nullable=True))
    _add_reference("promises", "owner_id", "users")


def _notices() -> None:
    """Nothing refers to a notice, so SQLite may make it anew; the old check it leaves out."""
    name = op.f("ck_notices_noticekind")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "notices", type_="check")
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    with op.batch_alter_table("notices") as batch:
        batch.create_check_constraint(name, sa.text(f"kind IN ({listed})"))
