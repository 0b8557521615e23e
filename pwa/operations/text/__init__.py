"""Words dates, preferences and reasons for the screen, notices and the command line."""
