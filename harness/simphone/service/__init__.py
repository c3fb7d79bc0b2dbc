"""The simulated service behind the simulated TikTok: real HTTPS on loopback."""
