"""The verbs of pre-rehabilitation, by what they are about: programmes, rounds, bookings, attendance, measurements, papers."""
