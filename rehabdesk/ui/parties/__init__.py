"""Contacts: organisations, parties and people, once, used everywhere."""
