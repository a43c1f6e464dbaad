"""The first run: from nothing to a vault with a forum in it, with the keyboard alone."""
