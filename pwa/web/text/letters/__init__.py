"""Letters to clients: facts in, a whole letter out, from greeting to name."""
