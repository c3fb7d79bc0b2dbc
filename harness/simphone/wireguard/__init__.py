"""A WireGuard client with as much of IP as an app's connections need; nothing of the host's."""
