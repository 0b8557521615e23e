"""The form after a conversation, and its parts."""
