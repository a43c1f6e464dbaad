"""rehabdesk: store."""
