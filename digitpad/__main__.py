"""``python -m digitpad`` is the ``digitpad`` command."""

import sys

from digitpad.core import processes

# The working folder is on the path here; nothing else may be imported before it is off it.
processes.set_up()

from digitpad.cli import main  # noqa: E402

sys.exit(main())
