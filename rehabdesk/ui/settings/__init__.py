"""Settings: of the forum, kept in the vault, and of this machine."""
