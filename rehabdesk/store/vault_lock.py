"""The held lock that keeps a second program out of a vault: it goes when its holder goes, however that happens."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import TracebackType

LOCK_NAME = "vault.lock"

_TAKEN = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK, getattr(errno, "EWOULDBLOCK", errno.EAGAIN)})


class VaultIsHeld(Exception):
    """Another program, or another window of this one, holds the vault."""


class VaultLock:
    """An operating-system lock on a file in the vault folder. The file stays, empty; only the lock on it says anything."""

    def __init__(self, folder: Path, *, may_write: bool = True) -> None:
        """Take the lock or raise `VaultIsHeld`; `may_write=False` never creates the file. Raises OSError where it cannot be opened."""
        # O_CLOEXEC is Python's default: a started program must not inherit the lock.
        flags = os.O_RDWR | os.O_CREAT if may_write else os.O_RDONLY
        self._descriptor: int | None = os.open(folder / LOCK_NAME, flags, 0o600)
        try:
            _take(self._descriptor)
        except BaseException:
            self.release()
            raise

    def __enter__(self) -> VaultLock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()

    def release(self) -> None:
        """Let the next one in. Harmless twice."""
        if self._descriptor is not None:
            # Closing gives up the lock on every system.
            os.close(self._descriptor)
            self._descriptor = None


def _take(descriptor: int) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # flock and not lockf: a lock of lockf is lost when any other handle on the file is closed.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            raise VaultIsHeld from error
        raise
