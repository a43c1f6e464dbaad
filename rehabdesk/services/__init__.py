"""rehabdesk: services."""
