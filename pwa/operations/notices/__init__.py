"""Plans and sends push notices: due notices are stored, claimed, sent and settled.

    plan -> claim -> compose -> send -> settle

The state is in the rows. A sweep may die at any point: its claims expire with their lease. The text
is composed when it is sent, so it is never stale.
"""

from pwa.operations.notices.deliver import DeliveryLine
from pwa.operations.notices.plan import plan
from pwa.operations.notices.planning import booked
from pwa.operations.notices.sweep import store_heartbeat, sweep
from pwa.operations.notices.test_push import send_test_push

__all__ = ["DeliveryLine", "booked", "plan", "send_test_push", "store_heartbeat", "sweep"]
