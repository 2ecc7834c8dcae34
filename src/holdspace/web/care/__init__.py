"""Clients, their sessions, and the analysis of each."""
