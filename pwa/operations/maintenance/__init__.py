"""Deletes expired rows and files (retention); loads the demo book."""
