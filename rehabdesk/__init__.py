"""rehabdesk: the desk of the coordinator of a Swedish rehab forum."""

__version__ = "0.1.0"
