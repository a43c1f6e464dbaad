"""The command line on real vaults: help, papers, check, demo; sentences and exit codes in both languages."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rehabdesk import app
from rehabdesk.cli import main, system_language, wanted_language
from rehabdesk.commands import secret
from rehabdesk.commands.paper_jobs import party_named
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import demo, settings
from rehabdesk.services.vault import unlock
from rehabdesk.store import vault as vaults
from rehabdesk.store.queries import hand_outs, parties
from rehabdesk.store.queries import settings as setting_queries
from rehabdesk.store.queries.parties import PartyRow
from tests.helpers.vaults import CHEAP, PASSPHRASE

KINDS = (
    "minutes", "agenda", "sign-in", "action-slip", "spare", "consent", "information", "referral", "hand-outs", "plan", "plan-plain",
    "call", "preparation", "action-list", "hand-over", "round-list", "attendance", "offer", "offer-reminder", "refusal", "occasions",
    "certificate", "measurement-form", "round-report",
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo forum with a key derivation that costs nothing."""
    folder = tmp_path_factory.mktemp("demo") / "Demo.rehabdesk"
    made, _ = vaults.create(folder, PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
    clock = app.system_clock()
    with app.opened(made, clock) as store:
        demo.build(store, today=clock.today())
        settings.mark_demo(store)
    return folder


@pytest.fixture
def demo_vault(filled: Path, tmp_path: Path) -> Path:
    """A copy of it of this test's own."""
    return Path(shutil.copytree(filled, tmp_path / "Demo.rehabdesk"))


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    """Its passphrase, as a file."""
    file = tmp_path / "passphrase.txt"
    file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return file


@pytest.fixture
def paper(demo_vault: Path, passphrase_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`paper("agenda", "--for", "all")` gives exit code, files and what was said on stderr."""

    def make(*arguments: str, session: str = "latest", language: str = "sv") -> tuple[int, list[Path], str]:
        code = main([
            "--lang", language, "paper", *arguments, "--vault", str(demo_vault), "--session", session, "--out", str(tmp_path / "ut"),
            "--passphrase-file", str(passphrase_file),
        ])
        said = capsys.readouterr()
        return code, [Path(line) for line in said.out.splitlines()], said.err

    return make


def copies(folder: Path) -> int:
    with app.opened(unlock(folder, PASSPHRASE), app.system_clock()) as store:
        return len(store.read(hand_outs.files_not_gone))


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# Help and usage


@pytest.mark.parametrize("verb", [(), ("demo",), ("paper",), ("check",)])
@pytest.mark.parametrize(("language", "word"), [("sv", "användning:"), ("en", "usage:")])
def test_help_stands_on_every_verb_in_both_languages(verb, language, word, capsys):
    assert main(["--lang", language, *verb, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(word)
    assert "--lang" in said
    assert "--covers" not in said


def test_help_loads_neither_qt_nor_the_database():
    code = (
        "import sys; from rehabdesk.cli import main; main(['--help']); main(['paper', '--list']);"
        "sys.exit(any(name.split('.')[0] in ('PySide6', 'sqlalchemy', 'sqlcipher3', 'reportlab', 'babel') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_kinds_of_paper_are_named(capsys):
    assert main(["paper", "--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(KINDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "KOMMANDO kan inte vara chekc."),
        (["check"], "Det här saknas: --vault."),
        (["demo", "--vault", "x", "--scale", "0"], "--scale kan inte vara 0."),
        (["demo", "--vault", "x", "--scale", "stor"], "--scale kan inte vara stor."),
        (["demo", "--vault"], "--vault behöver ett värde."),
        (["paper"], "Det här saknas: SLAG."),
        (["paper", "protokoll"], "Det finns inget papper som heter protokoll."),
        (["paper", "agenda", "--vault", "x"], "Det här saknas: --session, --out."),
        (["paper", "agenda", "--vault", "x", "--out", "y", "--session", "igår"], "--session kan inte vara igår."),
        (["paper", "spare", "--vault", "x", "--out", "y", "--session", "latest", "--for", "all"], "spare --for kan inte vara all."),
        (["paper", "agenda", "--vault", "x", "--out", "y", "--session", "latest", "--for", "complete"], "agenda --for kan inte"),
        (["paper", "minutes", "--vault", "x", "--out", "y", "--session", "latest", "--for", "party:"], "minutes --for kan inte"),
        (["paper", "action-slip", "--vault", "x", "--out", "y", "--session", "latest"], "Det här saknas: --for."),
        (["paper", "plan", "--vault", "x", "--out", "y"], "Det här saknas: --case."),
        (["paper", "action-list", "--vault", "x", "--out", "y"], "Det här saknas: --party."),
        (["paper", "spare", "--vault", "x", "--out", "y", "--session", "latest", "--case", "RF-2026-001"], "--case hör inte till spare."),
        (["paper", "consent", "--vault", "x", "--out", "y", "--session", "latest"], "--session hör inte till consent."),
        (["check", "--vault", "x", "--passphrase", "hemlig"], "Det här går inte att tolka: --passphrase"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(arguments, said, capsys):
    assert main(["--lang", "sv", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_the_language_is_the_one_asked_for_else_remembered_else_the_systems(home, monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert wanted_language([]) == system_language() == "en"
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert wanted_language([]) == "sv"
    assert wanted_language(["--lang", "en", "check"]) == wanted_language(["--lang=en"]) == "en"
    (home / "config").mkdir()
    (home / "config" / "settings.json").write_text('{"language": "en"}', encoding="utf-8")
    assert wanted_language([]) == "en"
    assert wanted_language(["--lang"]) == "en"


# The passphrase


def test_the_passphrase_is_the_first_line(tmp_path, monkeypatch, texts):
    file = tmp_path / "hemlig"
    file.write_bytes("\ufeffåtta ord \r\nmer".encode())
    assert secret.passphrase(str(file), texts) == "åtta ord "
    monkeypatch.setattr(sys, "stdin", io.StringIO("från röret\n"))
    assert secret.passphrase("-", texts) == "från röret"


@pytest.mark.parametrize(("content", "code"), [(None, "cli.passphrase_file"), (b"", "cli.passphrase_empty"), (b"\xff\xfe\xff", "cli.passphrase_file")])
def test_a_passphrase_file_that_is_none(content, code, tmp_path, texts):
    file = tmp_path / "hemlig"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        secret.passphrase(str(file), texts)
    assert refused.value.problems[0].code == code


def test_a_new_passphrase_is_asked_for_twice(texts, monkeypatch):
    typed = iter(["en", "två"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    with pytest.raises(Refused, match=r"cli\.passphrases_differ"):
        secret.passphrase(None, texts, new=True)


def test_where_nobody_can_be_asked_it_says_so(texts, monkeypatch):
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", ended)
    with pytest.raises(Refused, match=r"cli\.nobody_to_ask"):
        secret.passphrase(None, texts)


# Papers


@pytest.mark.parametrize(
    ("arguments", "least"),
    [
        (("minutes",), 1), (("minutes", "--for", "complete"), 1), (("minutes", "--for", "all"), 8), (("agenda",), 1),
        (("agenda", "--for", "all"), 8), (("sign-in",), 1), (("action-slip", "--for", "all"), 2), (("spare",), 1),
    ],
)
def test_every_paper_can_be_made(paper, demo_vault, arguments, least):
    code, files, said = paper(*arguments)
    assert (code, said) == (0, "")
    assert len(files) >= least
    assert len(set(files)) == len(files)
    assert all(file.read_bytes().startswith(b"%PDF-1.7") for file in files)
    assert sorted(files[0].parent.iterdir()) == sorted(files)
    assert copies(demo_vault) == len(files)


def test_no_file_is_called_by_a_persons_name(paper, demo_vault):
    _, files, _ = paper("agenda", "--for", "all")
    _, more, _ = paper("minutes", "--for", "all")
    from rehabdesk.store.queries import cases

    with app.opened(unlock(demo_vault, PASSPHRASE), app.system_clock()) as store:
        names = {row.surname or row.given_name for row in store.read(cases.cases, store.clock.today())}
    assert not [file.name for file in files + more for name in names if name in file.name]


def test_papers_for_one_case_and_one_party(paper):
    _, everything, _ = paper("minutes", "--for", "all")
    case = next(file.name.split()[1] for file in everything if file.name.startswith("sammanfattning"))
    code, files, _ = paper("minutes", "--for", f"case:{case.lower()}")
    assert (code, len(files)) == (0, 1)
    assert case in files[0].name
    code, files, _ = paper("minutes", "--for", "party:fk")
    assert code == 0
    assert files
    assert all("Försäkringskassan" in file.name for file in files)
    code, files, _ = paper("agenda", "--for", "party:Försäkringskassan")
    assert (code, len(files)) == (0, 1)


def test_what_lies_there_is_never_written_over(paper):
    _, first, _ = paper("spare")
    before = first[0].read_bytes()
    _, second, _ = paper("spare")
    assert second[0].name == first[0].stem + " (2).pdf"
    assert first[0].read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "session", "said"),
    [
        (("minutes",), "rehabforum/999", "Mötet rehabforum/999 finns inte."),
        (("minutes", "--for", "case:RF-1999-001"), "latest", "Ärendet RF-1999-001 finns inte."),
        (("minutes", "--for", "party:Polisen"), "latest", "ingen part som heter Polisen"),
        (("action-slip", "--for", "party:Polisen"), "latest", "ingen part som heter Polisen"),
    ],
)
def test_what_cannot_be_made_is_refused_without_a_trace(paper, demo_vault, tmp_path, arguments, session, said):
    code, files, error = paper(*arguments, session=session)
    assert (code, files) == (1, [])
    assert said in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "ut").exists()
    assert copies(demo_vault) == 0


def test_refusals_come_in_english_too(paper):
    assert "There is no session rehabforum/999." in paper("minutes", session="rehabforum/999", language="en")[2]


def test_a_folder_that_takes_no_files_is_told(paper, demo_vault, tmp_path):
    (tmp_path / "ut").write_text("upptaget", encoding="utf-8")
    code, files, error = paper("spare")
    assert (code, files) == (1, [])
    assert "Det går inte att skriva filer i ut." in error
    assert copies(demo_vault) == 0


def test_a_refused_paper_among_many_leaves_no_file(paper, demo_vault, tmp_path, monkeypatch):
    from rehabdesk.documents import catalogue

    real, made = catalogue.render, []

    def fails_late(document, texts):
        made.append(document)
        if len(made) == 4:
            raise Refused(Problem("paper.logo_broken"))
        return real(document, texts)

    monkeypatch.setattr(catalogue, "render", fails_late)
    code, files, _ = paper("minutes", "--for", "all")
    assert (code, files, len(made)) == (1, [], 4)
    assert not (tmp_path / "ut").exists()
    assert copies(demo_vault) == 0


def test_the_vault_has_to_be_free(paper, demo_vault):
    with unlock(demo_vault, PASSPHRASE):
        code, _, error = paper("spare")
    assert code == 1
    assert "är redan öppet" in error


def test_wrong_passphrase_and_no_vault(demo_vault, passphrase_file, tmp_path, capsys):
    passphrase_file.write_text("fel\n", encoding="utf-8")
    where = ["--session", "latest", "--out", str(tmp_path / "ut"), "--passphrase-file", str(passphrase_file)]
    assert main(["paper", "spare", "--vault", str(demo_vault), *where]) == 1
    assert main(["paper", "spare", "--vault", str(tmp_path), *where]) == 1
    assert main(["--lang", "en", "check", "--vault", str(tmp_path / "borta"), "--passphrase-file", str(passphrase_file)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3


# A party by its name


def party(number: int, written: str, *aliases: str, ended: bool = False) -> PartyRow:
    from datetime import date

    return PartyRow(number, 1, "", "", written, aliases, PartyKind.OTHER, False, date(2025, 1, 1) if ended else None, "")


PARTIES = (
    party(1, "Vara kommun, HR", "HR"),
    party(2, "Försäkringskassan", "FK", "kassan"),
    party(3, "Arbetsmarknadsenheten", "AME"),
    party(4, "AME Lidköping", "AME"),
    party(5, "Gamla vårdcentralen", "VC", ended=True),
    party(6, "Nya vårdcentralen", "VC"),
)


@pytest.mark.parametrize(
    ("written", "found"), [("vara kommun,  hr", 1), ("fk", 2), ("KASSAN", 2), ("vc", 6), ("gamla vårdcentralen", 5), ("ame lidköping", 4)]
)
def test_a_party_is_found_by_name_or_short_form(written, found):
    assert party_named(PARTIES, written).id == found


def test_a_short_form_of_two_parties_is_refused_with_both(texts):
    with pytest.raises(Refused) as refused:
        party_named(PARTIES, "ame")
    assert "Arbetsmarknadsenheten och AME Lidköping" in texts.problems(refused.value.problems)


# Check


def test_a_whole_vault_is_whole_and_untouched(demo_vault, passphrase_file, capsys):
    before = everything_in(demo_vault)
    assert main(["--lang", "sv", "check", "--vault", str(demo_vault), "--passphrase-file", str(passphrase_file)]) == 0
    assert capsys.readouterr().out == "Valvet Demo.rehabdesk är helt.\n"
    assert everything_in(demo_vault) == before


def test_damage_is_told_and_left_alone(demo_vault, passphrase_file, capsys):
    database = demo_vault / "vault.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    before = everything_in(demo_vault)
    assert main(["--lang", "sv", "check", "--vault", str(demo_vault), "--passphrase-file", str(passphrase_file)]) == 1
    said = capsys.readouterr()
    assert "Databasen är skadad" in said.out
    assert said.err == "Ett fel finns i valvet Demo.rehabdesk.\n"
    assert everything_in(demo_vault) == before


def test_a_sheet_that_was_changed_is_found(demo_vault, passphrase_file, capsys):
    with unlock(demo_vault, PASSPHRASE) as unlocked:
        from rehabdesk.store import cipher

        bare = cipher.connect(unlocked.database_path, unlocked.data_key)
        bare.execute("UPDATE item_sheet SET content = content || ' ' WHERE id = (SELECT max(id) FROM item_sheet WHERE content IS NOT NULL)")
        bare.close()
    assert main(["check", "--vault", str(demo_vault), "--passphrase-file", str(passphrase_file)]) == 1
    assert capsys.readouterr().out


# Demo


def test_a_demo_forum_is_made_whole(tmp_path, passphrase_file, capsys):
    folder = tmp_path / "Prov.rehabdesk"
    asked = ["demo", "--vault", str(folder), "--no-open", "--passphrase-file", str(passphrase_file)]
    assert main(asked) == 0
    assert capsys.readouterr().out == f"{folder}\n"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["Prov.rehabdesk", "passphrase.txt"]
    with app.opened(unlock(folder, PASSPHRASE), app.system_clock()) as store:
        assert store.read(setting_queries.is_demo)
        assert store.read(parties.parties)
    assert main(asked) == 1
    assert "finns redan något" in capsys.readouterr().err


def test_a_demo_that_fails_leaves_nothing(tmp_path, passphrase_file, monkeypatch):
    def fails(*_args: object, **_named: object) -> None:
        raise Refused(Problem("store.disk_full"))

    monkeypatch.setattr(demo, "build", fails)
    assert main(["demo", "--vault", str(tmp_path / "Prov.rehabdesk"), "--no-open", "--passphrase-file", str(passphrase_file)]) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["passphrase.txt"]


def test_a_weak_passphrase_is_refused_for_a_demo_too(tmp_path, passphrase_file, capsys):
    passphrase_file.write_text("sommar2026\n", encoding="utf-8")
    assert main(["--lang", "sv", "demo", "--vault", str(tmp_path / "P.rehabdesk"), "--no-open", "--passphrase-file", str(passphrase_file)]) == 1
    assert "för kort" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["passphrase.txt"]
