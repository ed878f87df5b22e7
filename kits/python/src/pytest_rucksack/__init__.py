"""A Rucksack server for a pytest suite."""
from .server import Rucksack, RucksackError, RucksackServer

__all__ = ['Rucksack', 'RucksackError', 'RucksackServer']
