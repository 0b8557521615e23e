"""Links into the map app that a user chose: a place, the way to it, a route of several (R20)."""
