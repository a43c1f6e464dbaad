"""The verbs of the forum: plan, order, run, freeze, lock. One function is one intention, one transaction, one undo step."""
