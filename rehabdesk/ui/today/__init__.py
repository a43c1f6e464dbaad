"""Idag: the page one begins the day with."""
