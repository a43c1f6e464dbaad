"""rehabdesk: store/migrations."""
