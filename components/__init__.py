"""Rasa graph components of our own; each names the stock component it stands in for and why."""
