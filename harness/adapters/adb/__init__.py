"""Phones over adb: the server, the device, and what its texts say."""
