"""Records calls, visits and messages with their effects, corrects them, and tracks recaps."""
