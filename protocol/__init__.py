"""The recording protocol as data and pure functions. Imports no Rasa and no network."""
