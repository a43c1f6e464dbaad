"""Reading the forum, by what a page needs: sessions, agenda, item, actions, presence, sheets."""
