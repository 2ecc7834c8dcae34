"""The demo practice: four fictional clients, loaded at the start."""
