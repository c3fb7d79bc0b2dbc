"""The phone's own gallery: shows one file of MediaStore, with or without a network."""
