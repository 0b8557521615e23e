"""Notices: for whom and when each kind is due, until when it is of use, and what is merged."""
