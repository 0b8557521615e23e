"""A synthetic book of any size for load tests, written straight to the database."""

from pwa.operations.synthetic.write import SyntheticBook, clients_per_manager, exists, make

__all__ = ["SyntheticBook", "clients_per_manager", "exists", "make"]
