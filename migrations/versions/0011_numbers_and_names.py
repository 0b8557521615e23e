"""A contact's numbers with their labels; forms of address and letters after a name kept apart

`contacts.phone_other` moves into `phones`; what cannot be dialled stays there as it was written.
"""

from collections.abc import Iterator
from typing import Any

import phonenumbers
import sqlalchemy as sa
from alembic import op

from pwa.rules.vocabulary.person_names import PersonName, parse_name

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LABELS = ("mobile", "work", "home", "main", "other")
BATCH = 1000
LONGEST = 60
CONTACTS = sa.table(
    "contacts",
    *(sa.column("id", sa.Integer()), sa.column("client_id", sa.Integer())),
    *(sa.column(name, sa.String()) for name in ("name", "title", "suffix")),
    *(sa.column(name, sa.String()) for name in ("phone", "extension", "phone_given")),
    sa.column("phone_other", sa.String()),
)


def upgrade() -> None:
    op.create_table(
        "phones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column(
            "label",
            sa.Enum(
                *LABELS, name="phonelabel", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
        ),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("extension", sa.String(length=20), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_phones_contact_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phones")),
    )
    op.create_index(op.f("ix_phones_contact_id"), "phones", ["contact_id"])
    op.create_index(op.f("ix_phones_number"), "phones", ["number"])
    for name, length in (("title", 60), ("suffix", 60), ("extension", 20)):
        op.add_column("contacts", sa.Column(name, sa.String(length=length), nullable=True))
    # In place, with its check: to make the table anew would delete what refers to it on SQLite.
    check = "CONSTRAINT ck_preferences_text_by CHECK (text_by IN ('sms', 'whatsapp'))"
    op.execute(f"ALTER TABLE preferences ADD COLUMN text_by VARCHAR(20) {check}")
    _keep_extensions()
    _move_numbers()
    _split_names()


def _keep_extensions() -> None:
    """The extension of a number that was imported with one stood in the text alone."""
    written = sa.select(CONTACTS.c.id, CONTACTS.c.phone, CONTACTS.c.phone_given)
    rows = op.get_bind().execute(
        written.where(CONTACTS.c.phone.is_not(None), CONTACTS.c.phone_given.is_not(None))
    )
    extensions = ((row.id, _extension(row.phone, row.phone_given)) for row in rows.all())
    _update("extension", [{"row": row, "new": text} for row, text in extensions if text])


def _extension(phone: str, written: str) -> str | None:
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(phone))
        extension: str | None = phonenumbers.parse(written, region).extension
    except phonenumbers.NumberParseException:
        return None
    return extension[:20] if extension else None


def _move_numbers() -> None:
    """What could not be read stays as it was written."""
    op.execute(
        "INSERT INTO phones (contact_id, label, number, extension, position)"
        " SELECT id, NULL, phone, extension, 0 FROM contacts WHERE phone IS NOT NULL"
    )
    op.execute(
        "INSERT INTO phones (contact_id, label, number, extension, position)"
        " SELECT id, 'other', phone_other, NULL, 1 FROM contacts"
        " WHERE phone_other LIKE '+%' AND (phone IS NULL OR phone_other <> phone)"
    )
    op.execute(
        "UPDATE contacts SET phone = phone_other WHERE phone IS NULL AND phone_given IS NULL"
        " AND number_wrong_since IS NULL AND phone_other LIKE '+%'"
    )
    op.execute("UPDATE contacts SET phone_other = NULL WHERE phone_other LIKE '+%'")


def _split_names() -> None:
    for rows in _batches():
        parts = [(row.id, parse_name(row.name, reorder=False)) for row in rows]
        certain = [(row, name) for row, name in parts if _fits(name)]
        for column in ("name", "title", "suffix"):
            _update(column, [{"row": row, "new": getattr(name, column)} for row, name in certain])


def _fits(name: PersonName) -> bool:
    apart = [part for part in (name.title, name.suffix) if part]
    return bool(apart) and max(map(len, apart)) <= LONGEST


def _batches() -> Iterator[list[Any]]:
    last = 0
    query = sa.select(CONTACTS.c.id, CONTACTS.c.name).order_by(CONTACTS.c.id).limit(BATCH)
    while rows := op.get_bind().execute(query.where(CONTACTS.c.id > last)).all():
        yield list(rows)
        last = rows[-1].id


def _update(column: str, values: list[dict[str, Any]]) -> None:
    if values:
        by_row = sa.update(CONTACTS).where(CONTACTS.c.id == sa.bindparam("row"))
        op.get_bind().execute(by_row.values({column: sa.bindparam("new")}), values)


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
