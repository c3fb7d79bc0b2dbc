"""Looks again and again, remembers, and tells when an outage starts, spreads and ends."""
