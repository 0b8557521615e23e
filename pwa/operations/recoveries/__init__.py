"""Stores recoveries (R13-R16): opened, prepared, talked about, prevented, checked and closed."""
