"""The history of migrations leads to what the models say, and keeps what was there before."""

import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from pwa import migrate
from pwa.db import WRITE, make_engine
from pwa.models import Base, Contact, Phone, VoiceNote

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_models_and_migrations_agree(migrated_app):
    with migrated_app.extensions["engine"].connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, Base.metadata)
        if connection.dialect.name == "sqlite":
            # What happens on deletion is only read from keys that stand at the end of a table.
            found = [one for one in found if one[0] not in ("add_fk", "remove_fk")]
            assert _stored_keys(connection) == _stated_keys()
        assert found == []


def _stored_keys(connection):
    keys = 'SELECT m.name, k."from", k."table", k.on_delete FROM sqlite_master m'
    keys += " JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table'"
    return {tuple(row) for row in connection.execute(sa.text(keys))}


def _stated_keys():
    return {
        (table.name, key.parent.name, key.column.table.name, key.ondelete or "NO ACTION")
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
    }


def test_check_constraints_keep_the_names_of_the_migrations(migrated_app):
    """A check is named after its enum's class by default, so renaming one could change it."""
    with migrated_app.extensions["engine"].connect() as connection:
        inspector = sa.inspect(connection)
        for table in Base.metadata.tables.values():
            checks = inspector.get_check_constraints(table.name)
            assert {check["name"] for check in checks} == _check_names(table), table.name


def _check_names(table):
    return {
        str(constraint.name)
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }


def test_check_constraints_name_each_value_of_their_enum(migrated_app):
    """A new member without a migration could not be stored; Alembic does not compare checks."""
    with migrated_app.extensions["engine"].connect() as connection:
        inspector = sa.inspect(connection)
        for table in Base.metadata.tables.values():
            checks = inspector.get_check_constraints(table.name)
            stored = {check["name"]: re.findall(r"'(\w+)'", check["sqltext"]) for check in checks}
            for column in table.columns:
                if isinstance(column.type, sa.Enum):
                    values = stored[f"ck_{table.name}_{column.type.name}"]
                    assert set(values) == set(column.type.enums), f"{table.name}.{column.name}"


FIRST_BOOK = (
    "INSERT INTO teams (id, name) VALUES (1, 'North')",
    "INSERT INTO users (id, email, name, role, team_id, timezone, capacity_minutes, digest_at,"
    " quiet_from, quiet_to, created_at)"
    " VALUES (1, 'c@rounds.example', 'C', 'manager', 1, 'UTC', 240, '07:30', '19:00', '07:00',"
    " :at)",
    "INSERT INTO clients (id, ref, name, search_key, match_key, owner_id, status, need_per_day,"
    " unasked, usual_minutes, created_at, version)"
    " VALUES (1, 'a', 'A', '', '', 1, 'active', 0, true, '{}', :at, 1)",
    "INSERT INTO interactions (id, ref, client_id, user_id, kind, direction, outcome, at,"
    " received_at, reached) VALUES (1, 'i', 1, 1, 'call', 'out', 'spoke', :at, :at, true)",
    "INSERT INTO voice_notes (id, interaction_id, user_id, name, content_type, size, recorded_at)"
    " VALUES (1, 1, 1, 'note', 'audio/webm', 1, :at)",
    "INSERT INTO promises (id, ref, client_id, words, made, due, falls_due, version)"
    " VALUES (1, 'p', 1, 'send it', '2026-11-01', '2026-11-02', '2026-11-03', 1)",
    "INSERT INTO promise_moves (id, promise_id, \"to\") VALUES (1, 1, '2026-11-03')",
    "INSERT INTO notices (id, user_id, kind, subject, due_at, expires_at, next_try_at, tries)"
    " VALUES (1, 1, 'digest', 'today', :at, :at, :at, 0)",
)
KEPT = ("clients", "interactions", "voice_notes", "promises", "promise_moves", "notices")


@pytest.fixture
def empty_engine(database_url, tmp_path):
    """A database of its own, empty."""
    url = sa.make_url(database_url)
    if url.get_backend_name() == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE empty"))
        engine = make_engine(url.set(database="empty").render_as_string(hide_password=False))
        yield engine
        engine.dispose()
        connection.execute(sa.text("DROP DATABASE empty"))
    server.dispose()


@pytest.fixture
def first_release(empty_engine):
    """A database as the first release left it, with one of everything that others refer to."""
    with empty_engine.connect().execution_options(**{WRITE: True}) as connection:
        command.upgrade(migrate.alembic_config(connection), "0001")
        for statement in FIRST_BOOK:
            connection.execute(sa.text(statement), {"at": AT} if ":at" in statement else {})
        connection.commit()
    return empty_engine


def test_an_upgrade_keeps_everything(first_release):
    migrate.upgrade(first_release)
    with first_release.connect() as connection:
        for table in KEPT:
            assert connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 1, table
        assert migrate.is_current(connection)


def test_notes_that_lie_there_count_from_when_they_arrived(first_release):
    with first_release.connect().execution_options(**{WRITE: True}) as connection:
        command.upgrade(migrate.alembic_config(connection), "0005")
        connection.execute(sa.text("UPDATE interactions SET received_at = :at"), {"at": LATER})
        connection.commit()
    migrate.upgrade(first_release)
    with first_release.connect() as connection:
        assert connection.scalar(sa.select(VoiceNote.received_at)) == LATER


CONTACTS_OF_OLD = (
    # name, phone, phone_given, phone_other
    ("Dana Whitfield", "+4722123456", None, "+4791234567"),
    ("Dr. Anna Berg, CPA", "+4722123457", "22 12 34 57 ext 7", None),
    ("Ben Ray", None, None, "+4722123458"),
    ("Jan van der Berg", None, "gate 4", "ask Eva"),
    ("Eva Ek", "+4722123459", None, "ask Jan"),
)


def test_numbers_and_names_move_to_their_places(first_release):
    insert = "INSERT INTO contacts (id, client_id, ref, name, phone, phone_given, phone_other,"
    insert += " is_primary, difficult, position) VALUES (:id, 1, :id, :name, :phone, :given,"
    insert += " :other, false, false, 0)"
    with first_release.connect().execution_options(**{WRITE: True}) as connection:
        for row, values in enumerate(CONTACTS_OF_OLD, 1):
            named = dict(zip(("name", "phone", "given", "other"), values, strict=True))
            connection.execute(sa.text(insert.replace(":id, 1, :id", f"{row}, 1, '{row}'")), named)
        connection.commit()
    migrate.upgrade(first_release)
    with first_release.connect() as connection:
        contacts = sa.select(
            *(Contact.name, Contact.title, Contact.suffix),
            *(Contact.phone, Contact.extension, Contact.phone_given, Contact.phone_other),
        )
        assert [tuple(row) for row in connection.execute(contacts.order_by(Contact.id))] == [
            ("Dana Whitfield", None, None, "+4722123456", None, None, None),
            ("Anna Berg", "Dr.", "CPA", "+4722123457", "7", "22 12 34 57 ext 7", None),
            ("Ben Ray", None, None, "+4722123458", None, None, None),
            ("Jan van der Berg", None, None, None, None, "gate 4", "ask Eva"),
            ("Eva Ek", None, None, "+4722123459", None, None, "ask Jan"),
        ]
        phones = sa.select(Phone.contact_id, Phone.label, Phone.number, Phone.extension)
        in_order = phones.order_by(Phone.contact_id, Phone.position)
        assert [tuple(row) for row in connection.execute(in_order)] == [
            *((1, None, "+4722123456", None), (1, "other", "+4791234567", None)),
            *((2, None, "+4722123457", "7"), (3, "other", "+4722123458", None)),
            (5, None, "+4722123459", None),
        ]


def test_the_newest_by_number_is_where_the_history_ends():
    """What says without Alembic whether a database is up to date."""
    history = ScriptDirectory.from_config(migrate.alembic_config())
    assert migrate.newest() == history.get_current_head()


def test_a_database_without_any_shape_is_not_current(tmp_path):
    with make_engine(f"sqlite:///{tmp_path / 'new.db'}").connect() as connection:
        assert not migrate.is_current(connection)
