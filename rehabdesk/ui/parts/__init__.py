"""rehabdesk: ui/parts."""
