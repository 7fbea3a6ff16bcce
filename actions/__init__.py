"""Rasa actions: read slots, ask `protocol`, choose a response. The words stand in data/antwoorden."""
