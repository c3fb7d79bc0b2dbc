"""Screens as functions of the app's state."""
