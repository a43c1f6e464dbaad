"""Sentences for the command line, the lock screen and the first run."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    # The command line
    "cli.passphrases_differ": message("The two passphrases are not the same. Nothing has been made."),
    "cli.passphrase_file": message("The passphrase cannot be read from {name}."),
    "cli.passphrase_empty": message("There is no passphrase to read: its first line is empty."),
    "cli.nobody_to_ask": message("The passphrase cannot be asked for here. Give it with --passphrase-file."),
    "cli.no_session_planned": message("No meeting is planned. Name one with --session SERIES/NUMBER."),
    "cli.no_session_held": message("No session has been held yet. Name one with --session SERIES/NUMBER."),
    "cli.no_such_session": message("There is no session {session}. The series goes by its short name, as in rehabforum/12."),
    "cli.no_such_case": message("There is no case {number}."),
    "cli.no_such_party": message("There is no party called {party}."),
    "cli.party_unclear": message("{party} can mean several parties: {candidates}. Write the whole name."),
    "cli.no_extract": message("{party} may have nothing from this session."),
    "cli.nothing_to_make": message("This session has nothing for such a paper."),
    "cli.out_not_writable": message("Files cannot be written in {name}. Nothing has been made there; choose another folder."),
    "cli.no_display": message("There is no display here, so no window can be opened. Papers can be made with: rehabdesk paper."),
    # The first run
    "first_run.passphrases_differ": message("The two passphrases are not the same. Write the second one again."),
    "first_run.folder_missing": message("Choose the folder in which the vault is to lie."),
    "first_run.coordinator_name_missing": message("Write your name, as readers of the papers know you."),
    "first_run.coordinator_phone_missing": message("Write the number that readers of the papers may ring."),
    "first_run.title_missing": message("Write a title, for example Coordinator."),
    "first_run.controller_missing": message("Write the authority that is data controller, for example Vara kommun."),
    "first_run.key_not_printed": message("The key was not printed. Print it again, or write it down by hand."),
}

LABELS = {
    "first_run.set_up": message("forum set up"),
    "boot.place_remembered": message("place remembered"),
}
