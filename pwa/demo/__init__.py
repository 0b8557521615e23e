"""The demo book: people and clients that do not exist, for looking around."""

from pwa.demo.book import PASSWORD, PEOPLE, demo_book, emails

__all__ = ["PASSWORD", "PEOPLE", "demo_book", "emails"]
