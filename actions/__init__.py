"""Rasa actions: read slots, ask `protocol`, choose a response. The words stand in data/antwoorden."""
from rasa_sdk.executor import ActionExecutor

from actions import poort

# However the action server is started: it imports this package first.
ActionExecutor.run = poort.door_de_poort(ActionExecutor.run)
poort.sluit()
