"""The simulated TikTok app: screens, flows, traffic, local state."""
