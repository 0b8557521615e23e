"""Interactions with clients, their notes, suggestions and recaps."""
