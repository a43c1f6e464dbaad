"""The one write function: a transaction, an undo step and a notice at once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.store.history import Change, ChangeKind, Label
from rehabdesk.store.store import Store
from rehabdesk.store.tables.parties import Contact, Organisation, Party

STEP = Label("test.step")


def _names(connection) -> list[str]:
    return list(connection.execute(text("SELECT name FROM organisation ORDER BY id")).scalars())


def _add(store: Store, name: str, **options) -> int:
    with store.write(STEP, **options) as writing:
        row = Organisation(name=name, name_sort=name, kind="other")
        writing.session.add(row)
        writing.flush()
        return row.id


def _rename(store: Store, row_id: int, name: str, merge_key: object | None = None) -> None:
    with store.write(STEP, merge_key) as writing:
        writing.session.get(Organisation, row_id).name = name


def test_a_write_is_seen_by_the_reader_and_told_once(store: Store) -> None:
    told: list[frozenset[Change]] = []
    store.subscribe(told.append)
    row_id = _add(store, "Vara kommun")
    assert store.read(_names) == ["Vara kommun"]
    assert told == [frozenset({Change("organisation", row_id, ChangeKind.INSERT)})]


def test_a_write_that_raises_leaves_nothing(store: Store) -> None:
    told: list[frozenset[Change]] = []
    store.subscribe(told.append)
    with pytest.raises(Refused), store.write(STEP) as writing:
        writing.session.add(Organisation(name="X", name_sort="x", kind="other"))
        writing.flush()
        raise Refused(Problem("test"))
    assert store.read(_names) == []
    assert told == []
    assert store.undo_label is None


def test_undo_and_redo_bring_rows_and_their_children_back(store: Store) -> None:
    organisation_id = _add(store, "Vara kommun")
    with store.write(STEP) as writing:
        party = Party(organisation_id=organisation_id, written="Vara kommun, HR", name_sort="v", kind="employer")
        writing.session.add(party)
        writing.flush()
        writing.session.add(Contact(party_id=party.id, surname="Öhm: 100 % 'så'", name_sort="o"))
    with store.write(STEP) as writing:
        writing.connection.execute(text("DELETE FROM contact"))
        writing.connection.execute(text("DELETE FROM party"))
    count = text("SELECT (SELECT count(*) FROM party) + (SELECT count(*) FROM contact)")
    assert store.read(lambda c: c.execute(count).scalar()) == 0
    assert store.undo() == STEP
    assert store.read(lambda c: c.execute(text("SELECT surname FROM contact")).scalar()) == "Öhm: 100 % 'så'"
    assert store.redo() == STEP
    assert store.read(lambda c: c.execute(count).scalar()) == 0


def test_typing_in_one_field_is_one_step_until_the_field_is_left(store: Store) -> None:
    row_id = _add(store, "a")
    for name in ("ab", "abc", "abcd"):
        _rename(store, row_id, name, merge_key=("field", row_id))
    store.end_merging()
    _rename(store, row_id, "abcde", merge_key=("field", row_id))
    store.undo()
    assert store.read(_names) == ["abcd"]
    store.undo()
    assert store.read(_names) == ["a"]
    store.redo()
    assert store.read(_names) == ["abcd"]


def test_no_step_crosses_a_barrier(store: Store) -> None:
    _add(store, "before")
    _add(store, "barrier", undoable=False, barrier=True)
    assert store.undo_label is None
    assert store.undo() is None


def test_a_read_inside_a_write_is_our_own_mistake(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside a write"), store.write(STEP):
        store.read(_names)
    with pytest.raises(RuntimeError, match="within a write"), store.write(STEP), store.write(STEP):
        pass


def test_what_is_read_in_one_moment_is_of_that_moment_until_something_is_written(store: Store) -> None:
    _add(store, "a")
    with store.one_moment():
        assert store.read(_names) == ["a"]
        with store.one_moment():
            assert store.read(_names) == ["a"]
        _add(store, "b")
        assert store.read(_names) == ["a", "b"]
        assert store.read(_names) == ["a", "b"]
    with pytest.raises(ZeroDivisionError), store.one_moment():
        store.read(lambda _: 1 / 0)
    _add(store, "c")
    assert store.read(_names) == ["a", "b", "c"]


def test_settings_and_log_are_beyond_undo(store: Store) -> None:
    with store.write(STEP) as writing:
        writing.connection.execute(text("INSERT INTO setting (key, value) VALUES ('k', 'v')"))
        writing.log("test")
    assert store.undo_label is None


def test_a_step_that_cannot_be_taken_back_is_refused_and_let_go(store: Store) -> None:
    first = _add(store, "first")
    second = _add(store, "second")
    with store.write(STEP, undoable=False) as writing:
        writing.session.add(Party(organisation_id=second, written="p", name_sort="p", kind="other"))
    with pytest.raises(Refused, match="undo.impossible"):
        store.undo()
    assert store.read(_names) == ["first", "second"]
    assert store.undo() == STEP
    assert store.read(_names) == ["second"]
    assert first < second


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "rename", "delete", "undo", "redo"]), st.integers(0, 5), st.text(max_size=12).filter(lambda t: "\0" not in t)),
        max_size=20,
    )
)
def test_undoing_everything_returns_to_where_it_began(store: Store, steps: list[tuple[str, int, str]]) -> None:
    store.forget_history()
    everything = text("SELECT id, name, name_sort, kind FROM organisation ORDER BY id")
    start = store.read(lambda c: c.execute(everything).all())
    for verb, index, name in steps:
        ids = store.read(lambda c: list(c.execute(text("SELECT id FROM organisation ORDER BY id")).scalars()))
        if verb == "add":
            _add(store, name)
        elif verb == "undo":
            store.undo()
        elif verb == "redo":
            store.redo()
        elif ids:
            row_id = ids[index % len(ids)]
            if verb == "rename":
                _rename(store, row_id, name)
            else:
                with store.write(STEP) as writing:
                    writing.session.delete(writing.session.get(Organisation, row_id))
    end = store.read(lambda c: c.execute(everything).all())
    undone = 0
    while store.undo():
        undone += 1
    assert store.read(lambda c: c.execute(everything).all()) == start
    for _ in range(undone):
        store.redo()
    while store.redo():
        pass
    if not any(verb in ("undo", "redo") for verb, _, _ in steps):
        assert store.read(lambda c: c.execute(everything).all()) == end


def _long_write(store: Store, names: list[str]):
    with store.write(STEP) as writing:
        for name in names:
            writing.session.add(Organisation(name=name, name_sort=name, kind="other"))
            writing.flush()
            with store.at_rest():
                yield name


def test_a_write_may_rest_and_others_read_what_was_before_but_write_nothing(store: Store) -> None:
    first = _add(store, "Vara kommun")
    told: list[frozenset[Change]] = []
    store.subscribe(told.append)
    writing = _long_write(store, ["a", "b"])
    for _ in writing:
        assert store.read(_names) == ["Vara kommun"]
        with pytest.raises(Refused, match=r"store\.busy"):
            _rename(store, first, "Annan")
        with pytest.raises(Refused, match=r"store\.busy"):
            store.undo()
        assert told == []
    assert store.read(_names) == ["Vara kommun", "a", "b"]
    assert len(told) == 1
    store.undo()
    assert store.read(_names) == ["Vara kommun"]


def test_a_resting_write_that_is_abandoned_leaves_nothing(store: Store) -> None:
    writing = _long_write(store, ["a", "b"])
    next(writing)
    writing.close()
    assert store.read(_names) == []
    assert store.undo_label is None
    assert _add(store, "c")


def test_only_a_write_can_rest(store: Store) -> None:
    with pytest.raises(RuntimeError), store.at_rest():
        pass
