"""Plans and sends push notices: due notices are stored, claimed, sent and settled.

    plan -> expand -> claim -> compose -> send -> settle

The state is in the rows: a notice is one event for one user, its deliveries are one for each of
their devices. A sweep may die at any point: its claims expire with their lease. The text is
composed when it is sent, so it is never stale.
"""

from pwa.operations.notices.plan import plan
from pwa.operations.notices.planning import booked
from pwa.operations.notices.report import DeliveryLine
from pwa.operations.notices.sweep import run, store_heartbeat, sweep
from pwa.operations.notices.trial_notice import send_test_push

__all__ = ["DeliveryLine", "booked", "plan", "run", "send_test_push", "store_heartbeat", "sweep"]
