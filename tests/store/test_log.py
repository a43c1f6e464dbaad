"""The chained log: a cut shows wherever it is made, and no words of people get in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rehabdesk.store import database, log
from tests.helpers.vaults import create, opened

NOW = "2026-11-22T08:00:00.000Z"


@pytest.fixture
def connections(vault_dir: Path) -> Iterator[database.Connections]:
    create(vault_dir)
    with opened(vault_dir) as both:
        with both.writer.begin():
            for number in range(6):
                log.append(both.writer, NOW, "case.read", "case", number, party=3, paper="summary")
        yield both


def verdict(connections: database.Connections, harm: str = "") -> tuple[str, object] | None:
    with connections.writer.begin():
        for statement in filter(None, harm.split(";")):
            connections.writer.exec_driver_sql(statement)
    with connections.reader.begin():
        problem = log.verify(connections.reader)
    return (problem.code, problem.params["number"]) if problem else None


def test_an_untouched_log_verifies_also_after_a_rolled_back_write(connections: database.Connections) -> None:
    assert verdict(connections) is None
    with pytest.raises(KeyError), connections.writer.begin():
        log.append(connections.writer, NOW, "case.read")
        raise KeyError
    with connections.writer.begin():
        assert log.append(connections.writer, NOW, "case.read") == 7
    assert verdict(connections) is None


def test_an_empty_log_verifies(vault_dir: Path) -> None:
    create(vault_dir)
    with opened(vault_dir) as both:
        assert verdict(both) is None


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("DELETE FROM log_entry WHERE id = 1", ("log.cut", 1)),
        ("DELETE FROM log_entry WHERE id = 3", ("log.cut", 3)),
        ("DELETE FROM log_entry WHERE id = 6", ("log.cut", 6)),
        ("DELETE FROM log_entry WHERE id > 2", ("log.cut", 3)),
        ("DELETE FROM log_entry", ("log.cut", 1)),
        ("UPDATE log_entry SET at = '2026-01-01T00:00:00.000Z' WHERE id = 2", ("log.changed", 2)),
        ("UPDATE log_entry SET kind = 'case.printed' WHERE id = 2", ("log.changed", 2)),
        ("UPDATE log_entry SET subject_id = 99 WHERE id = 6", ("log.changed", 6)),
        ("UPDATE log_entry SET subject = NULL WHERE id = 6", ("log.changed", 6)),
        ("UPDATE log_entry SET detail = '{}' WHERE id = 4", ("log.changed", 4)),
        ("UPDATE log_entry SET previous_digest = digest WHERE id = 4", ("log.changed", 4)),
        ("DELETE FROM log_entry WHERE id = 3;UPDATE log_entry SET id = id - 1 WHERE id > 3", ("log.changed", 3)),
        ("UPDATE log_entry SET id = 100 WHERE id = 1;UPDATE log_entry SET id = 1 WHERE id = 2", ("log.changed", 1)),
    ],
)
def test_a_cut_or_a_change_shows_where_it_is(connections: database.Connections, harm: str, found: tuple[str, int]) -> None:
    assert verdict(connections, harm) == found


@pytest.mark.parametrize("words", ["Anna Andersson", "Anna", "åsa", "", "a" * 81, "two words", "a\nb"])
def test_words_of_people_are_refused_without_being_repeated(connections: database.Connections, words: str) -> None:
    with pytest.raises(ValueError, match="codes only") as caught, connections.writer.begin():
        log.append(connections.writer, NOW, "case.read", "case", 1, note=words)
    assert not words or words not in str(caught.value).replace("log takes", "")
