"""What produced the safety network."""
