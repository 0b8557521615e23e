"""Loads clients as the rules see them, and stores what follows, as due dates."""
