"""Reading: functions from a connection to frozen rows. No ORM object leaves this floor."""
