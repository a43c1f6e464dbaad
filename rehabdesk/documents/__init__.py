"""rehabdesk: documents."""
