"""rehabdesk: domain."""
