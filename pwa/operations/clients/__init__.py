"""Stores clients with their contacts, needs, requests, bookings, postponements and lifecycle.

Also lists and searches them.
"""
