"""Use cases: changes to several models in one transaction, and joined reads for a screen."""
