"""Bad days on purpose: faults of our own machinery, and how each run with one ended."""
