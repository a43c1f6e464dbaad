"""rehabdesk: ui."""
