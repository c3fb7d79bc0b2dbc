"""Sockets, processes and files: the only floor that touches real tools."""
