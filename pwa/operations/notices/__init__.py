"""Notices: what is due is written down, claimed, sent, and settled with what became of it.

    plan -> claim -> compose -> send -> settle

The rows are the truth. A sweep may die at any point: what it claimed is free again when its lease
ends. The words are made at sending time, so they are never stale.
"""

from pwa.operations.notices.deliver import DeliveryLine
from pwa.operations.notices.plan import plan
from pwa.operations.notices.sweep import beat, sweep
from pwa.operations.notices.test_push import send_trial

__all__ = ["DeliveryLine", "beat", "plan", "send_trial", "sweep"]
