"""rehabdesk: ui/cases."""
