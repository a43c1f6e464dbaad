"""rehabdesk: exchange."""
