"""The store: reading through frozen rows, and one write function that is transaction, undo step, notice and log at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Transaction
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.store import history, log
from rehabdesk.store.database import Connections, translated_errors
from rehabdesk.store.history import Change, History, Label, Step
from rehabdesk.store.tables import Table

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")
Subscriber = Callable[[frozenset[Change]], None]


def utc_text(moment: datetime) -> str:
    """An instant as the vault keeps it: UTC text with milliseconds. A naive moment is local time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def local_moment(instant: str) -> datetime:
    """The naive local moment of an instant from the vault."""
    return datetime.fromisoformat(instant).astimezone().replace(tzinfo=None)


class Writing:
    """One open write: the connection to read and write through, the moment it is dated, and its lines for the log."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self.moment = clock.now()
        self.now = utc_text(self.moment)
        self.today = self.moment.date()
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """An ORM session within this transaction, made when first asked for."""
        if self._session is None:
            self._session = Session(bind=self.connection, autoflush=True, expire_on_commit=False)
        return self._session

    def read(
        self, query: Callable[Concatenate[Connection, Parameters], Answer], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Answer:
        """Run a query inside the write, where the reader would be stale."""
        self.flush()
        return query(self.connection, *args, **kwargs)

    def log(self, kind: str, subject: str | None = None, subject_id: int | None = None, **ids: int | str | None) -> None:
        """Add a line to the chained log. Ids and code words only, never a person's words."""
        log.append(self.connection, self.now, kind, subject, subject_id, **ids)

    def flush(self) -> None:
        """Send what the session holds to the database."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Let go of the ORM objects; they do not outlive the write."""
        if self._session is not None:
            self._session.expunge_all()
            self._session.close()


class Store:
    """An open vault. All of it lives on the main thread."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self.clock = clock
        self._connections = connections
        self._history = History()
        self._subscribers: list[Subscriber] = []
        self._is_writing = self._is_resting = False
        self._moment: Transaction | None = None
        self._has_triggers = False

    @property
    def undo_label(self) -> Label | None:
        """What undo would take back, or None."""
        return self._history.undo_label

    @property
    def redo_label(self) -> Label | None:
        """What redo would do again, or None."""
        return self._history.redo_label

    def read(
        self, query: Callable[Concatenate[Connection, Parameters], Answer], *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Answer:
        """Run `query(connection, …)` in a transaction of the reader and return its frozen rows.

        Raises RuntimeError inside a write (use `Writing.read` there: the reader is stale), StoreError for the world's faults.
        """
        if self._is_writing and not self._is_resting:
            raise RuntimeError("read through the writing inside a write")
        reader = self._connections.reader
        if self._moment is not None:
            with translated_errors():
                return query(reader, *args, **kwargs)
        with translated_errors(), reader.begin():
            return query(reader, *args, **kwargs)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """What is read within is all of one moment, in one transaction of the reader. A write within ends that: what follows is new."""
        if self._moment is not None or (self._is_writing and not self._is_resting):
            yield
            return
        with translated_errors():
            self._moment = self._connections.reader.begin()
        try:
            yield
        finally:
            self._end_moment()

    @contextmanager
    def write(
        self, label: Label, merge_key: object | None = None, *, undoable: bool = True, barrier: bool = False
    ) -> Iterator[Writing]:
        """One transaction, one undo step, one notice.

        Writes with the same `merge_key` that follow each other become one step. `undoable=False` leaves no step;
        `barrier=True` also ends the history, so that nothing before can be taken back. Nothing is kept if the block raises.
        """
        changes: frozenset[Change] = frozenset()
        with self._transaction() as writing:
            yield writing
            writing.flush()
            statements, changes = history.collect(writing.connection)
        if barrier:
            self._history.forget()
        elif undoable and statements:
            self._history.record(label, statements, merge_key)
        self._tell(changes)

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Between two slices of one long write, while the window answers: others read what was kept before it began.

        Who would write meanwhile is refused: it is one transaction, and holds nobody else's changes.
        """
        if not self._is_writing or self._is_resting:
            raise RuntimeError("only a write that is under way can rest")
        self._is_resting = True
        try:
            yield
        finally:
            self._is_resting = False

    def undo(self) -> Label | None:
        """Take back the latest step and return its label; None when there is none. Refused when the store will not have it."""
        return self._replay(self._history.take_undo(), back_to=self._history.put_undo, forth_to=self._history.put_redo)

    def redo(self) -> Label | None:
        """Do again what was undone last and return its label; None when there is none."""
        return self._replay(self._history.take_redo(), back_to=self._history.put_redo, forth_to=self._history.put_undo)

    def end_merging(self) -> None:
        """Typing in a field has ended: the next write is a step of its own."""
        self._history.end_merging()

    def forget_history(self) -> None:
        """End undo here: after a lock, a restore, an import or an erasure."""
        self._history.forget()

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Be told after each commit, once, on this thread. Returns the function that ends it."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def close(self) -> None:
        """Close both connections and forget the key and the history."""
        self._history.forget()
        self._subscribers.clear()
        self._connections.close()

    @contextmanager
    def _transaction(self) -> Iterator[Writing]:
        if self._is_resting:
            raise Refused(Problem("store.busy"))
        if self._is_writing:
            raise RuntimeError("a write within a write")
        writer = self._connections.writer
        self._end_moment()
        self._is_writing = True
        try:
            self._install_triggers()
            with translated_errors(), writer.begin():
                writing = Writing(writer, self.clock)
                try:
                    yield writing
                finally:
                    writing.close()
        finally:
            self._is_writing = False
            self._leave_no_transaction()

    def _end_moment(self) -> None:
        moment, self._moment = self._moment, None
        if moment is not None:
            with translated_errors():
                moment.close()

    def _install_triggers(self) -> None:
        """Before the first write, and not when the vault is opened: there are a hundred and fifty, and the first page needs none."""
        if not self._has_triggers:
            with translated_errors(), self._connections.writer.begin():
                history.install(self._connections.writer, Table.metadata)
            self._has_triggers = True

    def _leave_no_transaction(self) -> None:
        """A commit that fails (disk full, a deferred constraint) leaves SQLite's transaction open: end it."""
        bare = self._connections.writer.connection.driver_connection
        if bare.in_transaction:
            with translated_errors():
                bare.execute("ROLLBACK")

    def _replay(self, step: Step | None, back_to: Callable[[Step], None], forth_to: Callable[[Step], None]) -> Label | None:
        if step is None:
            return None
        try:
            with self._transaction() as writing:
                # A child may come back before its parent: constraints are judged when all is in place.
                writing.connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                for _, statement in step.statements:
                    # exec_driver_sql would read a colon or percent sign in the restored text as its own.
                    writing.connection.connection.driver_connection.execute(statement)
                writing.log("undo")
                statements, changes = history.collect(writing.connection)
        except Refused:
            back_to(step)
            raise
        except (IntegrityError, dbapi2.IntegrityError) as error:
            # What came since stands in the way for good: the step is let go, so that the one before it can be reached.
            raise Refused(Problem("undo.impossible")) from error
        forth_to(Step(step.label, statements, None))
        self._tell(changes)
        return step.label

    def _tell(self, changes: frozenset[Change]) -> None:
        if changes:
            for callback in tuple(self._subscribers):
                callback(changes)


def no_longer_there(what: str) -> Refused:
    """The refusal when a row that a person acts on has been removed meanwhile."""
    return Refused(Problem(f"{what}.gone"))
