"""`rehabdesk import cases` on a real vault: the dry run, all, the rest, and what is told; exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabdesk import app
from rehabdesk.cli import main
from rehabdesk.services.vault import unlock
from rehabdesk.store import vault as vaults
from rehabdesk.store.queries import cases as case_queries
from tests.helpers import import_files
from tests.helpers.import_files import ROWS
from tests.helpers.people import make_forum
from tests.helpers.vaults import CHEAP, PASSPHRASE


@pytest.fixture
def folder(vault_dir: Path) -> Path:
    made, _ = vaults.create(vault_dir, PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
    with app.opened(made, app.system_clock()) as store:
        make_forum(store)
    return vault_dir


@pytest.fixture
def asked(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`asked(content, "--dry-run")` gives exit code, what was said, and what was said to stderr."""
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def ask(content: bytes, *arguments: str, language: str = "sv") -> tuple[int, str, str]:
        file = tmp_path / "lista.fil"
        file.write_bytes(content)
        code = main([
            "--lang", language, "import", "cases", "--vault", str(folder), "--file", str(file), "--passphrase-file", str(secret), *arguments,
        ])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


def names(folder: Path) -> list[str]:
    with app.opened(unlock(folder, PASSPHRASE), app.system_clock()) as store:
        return [row.full_name for row in reversed(store.read(case_queries.cases, store.clock.today()))]


BAD = import_files.text_file(rows=[*ROWS, ("", "Ek", "900602-2398", *[""] * 6)])
SAID = (
    "Rad 5, Förnamn: Deltagaren behöver ett förnamn.\n"
    "Rad 5, Personnummer: Sista siffran i personnumret stämmer inte. Kontrollera numret.\n"
)


def test_a_sound_file_is_imported_whole(asked, folder) -> None:
    assert asked(import_files.workbook(), "--dry-run") == (0, "3 av 3 rader är rätt. Inget har skrivits.\n", "")
    assert names(folder) == []
    assert asked(import_files.workbook()) == (0, "3 ärenden har importerats.\n", "")
    assert names(folder) == ["Åsa Öberg", "Björn Ärlig", "Zeynep von Sydow"]


def test_nothing_is_written_while_something_is_wrong_unless_the_rest_is_chosen(asked, folder) -> None:
    assert asked(BAD, "--dry-run") == (1, SAID + "3 av 4 rader är rätt. Inget har skrivits.\n", "")
    code, out, err = asked(BAD)
    assert (code, out) == (1, SAID)
    assert err == "3 av 4 rader är rätt. Inget har skrivits. Med --rest importeras de raderna och de andra lämnas.\n"
    assert names(folder) == []
    assert asked(BAD, "--rest") == (0, SAID + "3 ärenden har importerats.\n", "")
    assert len(names(folder)) == 3


def test_importing_the_same_file_again_opens_nobody_twice(asked, folder) -> None:
    asked(import_files.workbook())
    code, out, err = asked(import_files.workbook(), "--rest")
    assert code == 1
    assert "Rad 2, Personnummer: RF-20" in out
    assert err == "Ingen rad kan importeras.\n"
    assert len(names(folder)) == 3


def test_columns_can_be_told(asked, folder) -> None:
    content = "Vem;Sist;Sak\nÅsa;Öberg;KS 1\n".encode("cp1252")
    assert asked(content)[0] == 1
    assert asked(content, "--map", "Vem=given-name", "--map", "b=surname", "--map", "SAK=dnr")[0] == 0
    assert names(folder) == ["Åsa Öberg"]
    assert asked(content, "--map", "Vad=dnr") == (1, "", "Filen har ingen kolumn som heter Vad.\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "The file is empty."), (b"%PDF-1.7", "The file is neither a workbook"), (b"a;b\nc;d\n", "Say which column holds the given name")],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(asked, folder, content: bytes, said: str) -> None:
    code, out, err = asked(content, language="en")
    assert (code, out) == (1, "")
    assert err.startswith(said)
    assert names(folder) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import"], "import kan inte vara"),
        (["import", "people"], "import kan inte vara people."),
        (["import", "cases"], "Det här saknas: --vault, --file."),
        (["import", "cases", "--vault", "x", "--file", "y", "--map", "Namn"], "--map kan inte vara Namn."),
        (["import", "cases", "--vault", "x", "--file", "y", "--map", "Namn=adress"], "adress är inget fält. Det finns: given-name, "),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(arguments, said, capsys) -> None:
    assert main(["--lang", "sv", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_help_stands_on_it(capsys) -> None:
    assert main(["--lang", "sv", "import", "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("användning:")
    assert "identity-number" in said
