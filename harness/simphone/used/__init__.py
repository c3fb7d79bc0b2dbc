"""A phone that has been in use: an account, and what a person would miss."""
