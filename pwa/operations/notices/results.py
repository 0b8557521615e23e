"""Results of a notice and of each of its deliveries, as the tables keep them."""

SENT, SKIPPED, FAILED, WAITING = "sent", "skipped", "failed", "waiting"
NO_CALL = "There was no call."
MAX_REASON = 300  # characters, as the columns hold
