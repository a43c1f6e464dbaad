"""rehabdesk: ui/shell."""
