"""`python -m rehabdesk`: the command line."""

from __future__ import annotations

import sys

from rehabdesk.cli import main

sys.exit(main())
