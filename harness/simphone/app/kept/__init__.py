"""What the app keeps on the phone: drafts, offline videos, and the databases that list them."""
