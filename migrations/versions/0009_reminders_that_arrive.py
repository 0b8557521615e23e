"""Reminders that arrive: a delivery for each device, the state of push services, own settings

Devices that are known already are joined to a session when their browser is opened next.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = (
    *("digest", "evening", "booked", "promise", "promise_today", "unlogged"),
    *("recovery", "escalation", "outcome", "mail", "test"),
)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _grow_notices()
    _grow_devices()
    _create_deliveries()
    _create_push_services()
    op.add_column("sign_ins", sa.Column("visible_at", MOMENT, nullable=True))
    for column in (
        sa.Column("evening_at", sa.Time(), server_default="17:00:00", nullable=False),
        sa.Column("notice_days", sa.String(length=30), server_default="", nullable=False),
        sa.Column("muted_kinds", sa.String(length=200), server_default="", nullable=False),
        sa.Column("call_lead_minutes", sa.Integer(), server_default="5", nullable=False),
        sa.Column("visit_lead_minutes", sa.Integer(), nullable=True),
        sa.Column("full_names", sa.Boolean(), server_default=sa.false(), nullable=False),
    ):
        op.add_column("users", column)


def _grow_notices() -> None:
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("client_id", sa.Integer(), nullable=True))
        notices.add_column(sa.Column("expanded_at", MOMENT, nullable=True))
        notices.add_column(sa.Column("opened_at", MOMENT, nullable=True))
        notices.create_index("ix_notices_client_id", ["client_id"])
        notices.create_index("ix_notices_settled_at", ["settled_at"])
        notices.create_foreign_key(
            "fk_notices_client_id", "clients", ["client_id"], ["id"], ondelete="CASCADE"
        )
    _allow_kinds()


def _allow_kinds() -> None:
    name = op.f("ck_notices_noticekind")
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(name, "notices", type_="check")
    listed = ", ".join(f"'{kind}'" for kind in KINDS)
    with op.batch_alter_table("notices") as notices:  # SQLite forgets the old one when it copies
        notices.create_check_constraint(name, sa.text(f"kind IN ({listed})"))


def _grow_devices() -> None:
    with op.batch_alter_table("devices") as devices:
        devices.add_column(sa.Column("sign_in_id", sa.Integer(), nullable=True))
        devices.add_column(sa.Column("last_shown_at", MOMENT, nullable=True))
        devices.add_column(sa.Column("removed_at", MOMENT, nullable=True))
        devices.create_index("ix_devices_sign_in_id", ["sign_in_id"])
        devices.create_foreign_key(
            "fk_devices_sign_in_id", "sign_ins", ["sign_in_id"], ["id"], ondelete="CASCADE"
        )


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=255), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=True),
        sa.Column("shown_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name="fk_deliveries_device_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name="fk_deliveries_notice_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("notice_id", "device_id", name="uq_deliveries_notice_id_device_id"),
    )
    op.create_index("ix_deliveries_device_id", "deliveries", ["device_id"])
    still = {f"{name}_where": sa.text("settled_at IS NULL") for name in ("sqlite", "postgresql")}
    op.create_index("ix_deliveries_waiting", "deliveries", ["service", "next_try_at"], **still)


def _create_push_services() -> None:
    op.create_table(
        "push_services",
        sa.Column("service", sa.String(length=255), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=True),
        sa.Column("open_until", MOMENT, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("refused_at", MOMENT, nullable=True),
        sa.Column("refused_why", sa.String(length=300), nullable=True),
        sa.Column("last_problem", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("service", name="pk_push_services"),
    )


def downgrade() -> None:
    raise RuntimeError("Going back needs the copy that was made before the upgrade.")
