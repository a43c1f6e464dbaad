"""`rehabdesk paper` for a round and for a claim on a place in it, on a real vault: files, what is missing, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rehabdesk.cli import main
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services import cases
from rehabdesk.store import database, vault
from rehabdesk.store.queries import hand_outs
from rehabdesk.store.store import Store
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.clock import FakeClock
from tests.helpers.forum import small_forum
from tests.helpers.vaults import PASSPHRASE, new_store

FUTURE, RUNNING = "gron-prerehab/1", "gron-prerehab/2"


@pytest.fixture
def folder(vault_dir: Path, cheap_kdf, monkeypatch) -> Path:
    """A round to come with an offer and a yes, and one that runs with somebody who has started; one who waits, one protected."""
    monkeypatch.setattr("rehabdesk.app.system_clock", FakeClock)
    with new_store(vault_dir) as store:
        forum = small_forum(store, cases_count=5)
        programme = make_programme(store, forum.party_ids["VC"])
        today = store.clock.today()
        coming = make_round(store, programme, today + timedelta(days=23))
        running = make_round(store, programme, today - timedelta(days=5), number=2, places=1)
        make_claim(store, coming, forum.case_ids[0], 1, BookingState.OFFERED)
        make_claim(store, coming, forum.case_ids[1], 2)
        make_claim(store, running, forum.case_ids[2], 1, BookingState.STARTED)
        make_claim(store, coming, forum.case_ids[3], 0, BookingState.REGISTERED)
        make_claim(store, coming, forum.case_ids[4], 3, BookingState.OFFERED)
        cases.set_protected(store, forum.case_ids[4], True)
    return vault_dir


@pytest.fixture
def make(folder: Path, tmp_path: Path, capsys):
    """`make("offer", "--case", "RF-2026-001")` gives the exit code, the files' names and what was said."""
    secret = tmp_path / "lösenfras"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def made(*arguments: str) -> tuple[int, list[str], str]:
        code = main(
            ["--lang", "sv", "paper", *arguments, "--vault", str(folder), "--out", str(tmp_path / "ut"), "--passphrase-file", str(secret)]
        )
        said = capsys.readouterr()
        return code, [Path(line).name for line in said.out.splitlines()], said.err

    return made


def copies(folder: Path) -> list[tuple[PaperKind, int | None, int | None]]:
    with vault.unlock(folder, PASSPHRASE) as unlocked:
        store = Store(database.open_connections(unlocked.database_path, unlocked.data_key), FakeClock())
        found = [(row.paper, row.round_id, row.booking_id) for row in store.read(hand_outs.files_not_gone)]
        store.close()
    return found


MADE = (
    (("round-list", "--round", FUTURE), (PaperKind.ROUND_LIST, 1, None)),
    (("round-list", "--round", "latest", "--party", "VC"), (PaperKind.ROUND_LIST, 2, None)),
    (("attendance", "--round", FUTURE), (PaperKind.ATTENDANCE, 1, None)),
    (("attendance", "--round", FUTURE, "--party", "VC"), (PaperKind.ATTENDANCE, 1, None)),
    (("offer", "--case", "RF-2026-001"), (PaperKind.OFFER, 1, 1)),
    (("offer", "--case", "rf-2026-001", "--round", FUTURE), (PaperKind.OFFER, 1, 1)),
    (("offer-reminder", "--case", "RF-2026-001"), (PaperKind.OFFER_REMINDER, 1, 1)),
    (("refusal", "--case", "RF-2026-004", "--round", RUNNING), (PaperKind.REFUSAL, 2, 4)),
    (("occasions", "--case", "RF-2026-002"), (PaperKind.OCCASIONS, 1, 2)),
    (("occasions", "--case", "RF-2026-003", "--round", "latest"), (PaperKind.OCCASIONS, 2, 3)),
    (("round-report", "--round", RUNNING), (PaperKind.ROUND_REPORT, 2, None)),
    (("measurement-form", "--round", RUNNING), (PaperKind.MEASUREMENT_FORM, 2, None)),
    (("measurement-form", "--round", RUNNING, "--case", "RF-2026-003"), (PaperKind.MEASUREMENT_FORM, 2, 3)),
)


@pytest.mark.parametrize(("asked", "kept"), MADE)
def test_a_paper_is_one_file_that_names_nobody_and_one_hand_out(make, folder: Path, asked, kept) -> None:
    code, files, said = make(*asked)
    assert (code, len(files), said) == (0, 1, "")
    assert not any(name in files[0] for name in ("Maria", "Strömbäck", "Ekegren", "Kołodziej"))
    assert copies(folder) == [kept]


WRONG = (
    (("round-list",), "Det här saknas: --round."),
    (("offer",), "Det här saknas: --case."),
    (("round-report", "--round", FUTURE, "--case", "RF-2026-001"), "--case hör inte till round-report."),
    (("round-list", "--round", "prerehab"), "--round kan inte vara prerehab."),
    (("minutes", "--session", "latest", "--round", "latest"), "--round hör inte till minutes."),
)


@pytest.mark.parametrize(("asked", "said"), WRONG)
def test_what_is_asked_wrongly_is_said(make, folder: Path, asked, said: str) -> None:
    code, files, err = make(*asked)
    assert (code, files) == (2, [])
    assert said in err


REFUSED = (
    (("round-list", "--round", "gron-prerehab/9"), "Det finns ingen omgång gron-prerehab/9."),
    (("round-list", "--round", FUTURE, "--party", "FK"), "Listan görs till akten, och till den part som håller i insatsen."),
    (("offer", "--case", "RF-2026-002"), "Deltagaren är inte erbjuden någon plats just nu"),
    (("offer", "--case", "RF-2026-001", "--round", RUNNING), "RF-2026-001 har ingen plats och står inte i kö där."),
    (("refusal", "--case", "RF-2026-004"), "5 platser är lediga"),
    (("refusal", "--case", "RF-2026-002"), "Deltagaren väntar inte på någon plats"),
    (("offer", "--case", "RF-2026-005"), "Vid skyddad identitet görs inget brev."),
    (("certificate", "--case", "RF-2026-002"), ""),
)


@pytest.mark.parametrize(("asked", "said"), REFUSED)
def test_what_may_not_be_made_leaves_no_file_and_says_why(make, folder: Path, asked, said: str) -> None:
    code, files, err = make(*asked)
    assert (code, files) == (1, [])
    assert said in err
    assert copies(folder) == []


def test_no_round_has_begun_is_said(vault_dir: Path, cheap_kdf, tmp_path: Path, capsys) -> None:
    with new_store(vault_dir) as store:
        small_forum(store)
    secret = tmp_path / "lösenfras"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    asked = ["--lang", "sv", "paper", "round-list", "--round", "latest"]
    code = main([*asked, "--vault", str(vault_dir), "--out", str(tmp_path / "ut"), "--passphrase-file", str(secret)])
    assert code == 1
    assert "Ingen omgång har börjat ännu." in capsys.readouterr().err
