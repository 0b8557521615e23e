"""An administrator's pages: users, teams, rule settings, imports, causes."""
