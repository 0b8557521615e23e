"""A synthetic book of any size for load tests, written straight to the database."""

from pwa.operations.synthetic.write import Made, is_here, make, shares

__all__ = ["Made", "is_here", "make", "shares"]
