"""What the phone says: shown, opened, in hand, dialled."""
