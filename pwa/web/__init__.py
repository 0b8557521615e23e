"""Views: parse the form, load or 404, call one operation, respond."""
