"""Appium: its server, a session per phone, and what a person's finger and eye need."""
