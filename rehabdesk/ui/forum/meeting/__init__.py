"""The meeting page: agenda, the item that is open, who is here; read-back, pause and big screen."""

from rehabdesk.ui.forum.meeting.page import MeetingPage

__all__ = ["MeetingPage"]
