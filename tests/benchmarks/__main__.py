"""`python3 packaging/dev.py benchmarks [WORD …]`: every time against its floor, in one table. Words choose among the parts.

The first run builds two demo forums, the large one for some ten minutes; they are kept in the system's temporary folder.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial

from tests.benchmarks.measure import Figure, machine, table


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="dev.py benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="WORD", help="launch, forum, case, tables, autosave, booking, papers, prerehab, ranking; all when none is named")
    asked = parser.parse_args().parts
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="rehabdesk-benchmarks-home-") as home:
        os.environ["REHABDESK_HOME"] = home
        print(f"{machine()}; medians, ours and the floor in turns")
        figures = [figure for name, measure in _parts().items() if not asked or name in asked for figure in measure()]
    print(table(figures))
    return 1 if any(figure.held is False for figure in figures) else 0


def _parts() -> dict[str, Callable[[], list[Figure]]]:
    from PySide6.QtWidgets import QApplication

    from rehabdesk.ui.parts.theme import Theme
    from rehabdesk.ui.parts.tokens import Mode
    from tests.benchmarks import autosave, booking, case_page, forum_page, papers, prerehab, processes, ranking, tables

    theme = Theme(QApplication(sys.argv[:1]), Mode.LIGHT)
    return {
        "launch": processes.figures,
        "forum": partial(forum_page.figures, theme),
        "case": partial(case_page.figures, theme),
        "tables": partial(tables.figures, theme),
        "autosave": autosave.figures,
        "booking": booking.figures,
        "papers": papers.figures,
        "prerehab": partial(prerehab.figures, theme),
        "ranking": ranking.figures,
    }


if __name__ == "__main__":
    sys.exit(main())
