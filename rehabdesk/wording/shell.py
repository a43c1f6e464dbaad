"""The names of the rooms, as the sidebar lists them; the shell's other words stand where they are said."""

from __future__ import annotations

from rehabdesk.wording import message

TODAY = message("Today", "room")
FORUM = message("Forum", "room")
CASES = message("Cases", "room")
ACTIONS = message("Actions", "room")
PREREHAB = message("Pre-rehab", "room")
CONTACTS = message("Contacts", "room")
SETTINGS = message("Settings", "room")
