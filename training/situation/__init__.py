"""The network that tells which situation a message tells."""
