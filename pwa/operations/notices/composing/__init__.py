"""Composes pushes: what a batch of notices is about is read at once, then said one by one."""
