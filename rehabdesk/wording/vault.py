"""Sentences for the vault: why it cannot be opened or written to, what is safe, and what to do."""

from __future__ import annotations

from rehabdesk.wording import message

PROBLEMS = {
    # Opening
    "vault.wrong_passphrase": message(
        "The passphrase does not open the vault {name}. Check Caps Lock and the keyboard language."
    ),
    "vault.not_a_vault": message("{name} is not a vault. Choose the folder whose name ends in .rehabdesk."),
    "vault.unreachable": message(
        "The vault {name} cannot be reached. Nothing in it has changed. Check that the folder is still there and that its "
        "disk or network share is connected."
    ),
    "vault.database_missing": message(
        "The database is missing from the vault {name}; the keys are still there. Do not create a new vault in its place: "
        "restore the folder from a backup."
    ),
    "vault.empty_file": message(
        "The database in the vault {name} is empty, 0 bytes. The file has been cut off by something outside the program. "
        "Restore the folder from a backup."
    ),
    "vault.not_encrypted": message(
        "The database in {name} is not encrypted, so it was not made by this program. It has not been opened. Restore the "
        "folder from a backup."
    ),
    "vault.slots_gone": message(
        "The key file keys.json is missing from the vault {name}. Without it nobody can open the vault. Nothing else is "
        "harmed: put keys.json back from a backup."
    ),
    "vault.slots_gone_copy_there": message(
        "The key file keys.json is missing from the vault {name}, but its previous version is there. Make a copy of "
        "keys.json.bak, name it keys.json, and try again."
    ),
    "vault.slots_damaged": message(
        "The key file keys.json in the vault {name} is damaged. The database is not harmed. Put keys.json back from a "
        "backup, or from keys.json.bak beside it."
    ),
    "vault.newer_version": message(
        "The vault {name} was made by a newer version of the program and has not been touched. Install the newer version "
        "to open it."
    ),
    "vault.damaged": message(
        "The passphrase is right, but the database in the vault {name} is damaged or belongs to another vault. Leave the "
        "folder as it is and restore a backup beside it."
    ),
    "vault.read_only_place": message(
        "The vault {name} lies where nothing can be written. Nothing in it has changed. Copy the folder to the computer's "
        "own disk and open it there."
    ),
    "vault.already_open": message("The vault {name} is already open in another window or program. Close it there first."),
    # Creating
    "vault.name_missing": message("Give the vault a name."),
    "vault.place_taken": message(
        "There is already something in {name}. It has not been touched. Choose another name or an empty folder."
    ),
    # Warnings about the place
    "vault.sync_folder": message(
        "This folder is synchronised by a cloud service. It can overwrite the vault while you work. Choose a folder on "
        "the computer's own disk."
    ),
    "vault.network_place": message(
        "This folder is on a network share. If the connection drops, the vault can be damaged. Choose a folder on the "
        "computer's own disk."
    ),
    "vault.removable_place": message(
        "This folder is on a removable disk. If it is pulled out while the vault is open, what was last typed can be "
        "lost. Choose a folder on the computer's own disk."
    ),
    "vault.conflict_copies": message(
        "The vault holds a file named {name}, which a cloud service leaves when two computers write at once. Work on one "
        "computer only, and move the vault out of the synchronised folder."
    ),
    # Checking
    "vault.overbooked": message(
        "In the vault {number} places in rounds are given to more than one person, or lie past the limit. Look through the rounds' places."
    ),
    "vault.orphans": message(
        "The table {table} has rows that point at something that no longer exists. Keep this copy, and restore a backup "
        "if anything is missing."
    ),
    "vault.schema_differs": message(
        "The tables of the vault are not those this program makes; something else has changed them. Restore a backup from "
        "before."
    ),
    "log.cut": message("The log has been cut: entry {number} is missing. What the vault otherwise holds can still be read."),
    "log.changed": message(
        "The log has been changed: entry {number} is not as it was written. What the vault otherwise holds can still be "
        "read."
    ),
    # Keys
    "vault.last_passphrase": message("The last passphrase cannot be removed: nobody could open the vault. Add another first."),
    "passphrase.missing": message("Write a passphrase."),
    "passphrase.too_short": message(
        "The passphrase is too short: at least {least} characters. Four or five words that do not belong together work "
        "well."
    ),
    "passphrase.too_long": message("The passphrase is too long: at most {most} characters."),
    "passphrase.easy_to_guess": message(
        "The passphrase is easy to guess. Use four or five words that do not belong together, and no names, years or "
        "well-known phrases."
    ),
    "recovery.missing": message("Type the recovery key from the paper."),
    "recovery.mistyped": message("This is not a whole recovery key. Compare it with the paper, group by group."),
    "recovery.another": message(
        "This is a recovery key, but not the one that was just printed. Use the latest paper and destroy the others."
    ),
    # Reading and writing
    "store.disk_full": message(
        "The disk is full. What was saved before is safe, and what you typed is still on the screen. Make room and try "
        "again."
    ),
    "store.read_only_place": message(
        "Nothing can be written in this place. What was saved before is safe. Check the folder's permissions, or choose "
        "another place."
    ),
    "store.write_failed": message(
        "The disk does not take what is written; it may be full or disconnected. What was saved before is safe, and what "
        "you typed is still on the screen. Check the disk and try again."
    ),
    "store.locked": message(
        "Another program is writing in the vault. What was saved before is safe, and what you typed is still on the "
        "screen. Close the other program and try again."
    ),
    "store.damaged": message(
        "The database is damaged. Do not go on working in it: close the program, keep the folder as it is and restore a "
        "backup beside it."
    ),
    "store.unreachable": message(
        "The files of the vault cannot be reached. What was saved before is safe, and what you typed is still on the "
        "screen. Check that the disk is connected and try again."
    ),
    "store.out_of_memory": message(
        "The computer has too little free memory. Nothing has changed. Close other programs and try again."
    ),
}
