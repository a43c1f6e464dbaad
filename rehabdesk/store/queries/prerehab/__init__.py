"""Reading pre-rehabilitation: programmes, rounds, places, claims, occasions, attendance, measurements and figures."""
