"""The signed-in user's own pages: profile, sessions, devices."""
