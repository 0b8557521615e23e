"""A supervisor's pages: dashboard, covers, library."""
