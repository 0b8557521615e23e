"""Chooses the talking points for the situation of a call; stores those a team wrote itself."""
