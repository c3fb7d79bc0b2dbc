"""Draws the screen as a person would see it."""
