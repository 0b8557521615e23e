"""Speech: from what was said after a call to what may be kept of it."""
