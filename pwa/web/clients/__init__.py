"""A client's page and what is edited from it."""
