"""What the app does when it is tapped: state changes and requests."""
