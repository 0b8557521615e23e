"""The demo book: invented users and clients to try the product with."""

from pwa.demo.book import PASSWORD, PEOPLE, demo_book, emails

__all__ = ["PASSWORD", "PEOPLE", "demo_book", "emails"]
