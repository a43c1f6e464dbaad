"""Prerehab: programmes and their rounds, places, the waiting list, attendance, measurements, figures and papers."""
