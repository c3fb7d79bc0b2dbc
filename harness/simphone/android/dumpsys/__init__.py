"""What `dumpsys` prints, one file for each family of services."""
