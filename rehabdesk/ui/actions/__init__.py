"""Åtgärder: actions across all cases, the call list, how long actions have lain, the parties' lists."""
