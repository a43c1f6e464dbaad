"""rehabdesk: ui/forum."""
