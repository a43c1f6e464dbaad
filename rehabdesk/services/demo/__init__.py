"""The demo forum: two years of a forum like Vara's, the same for the same seed and day."""

from rehabdesk.services.demo.forum import build

__all__ = ["build"]
