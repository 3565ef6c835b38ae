"""What the program that needs no Python begins with."""

import sys

from digitpad.core.processes import run_bundled


def _main() -> int:
    # After the process has been set up: this imports what may load numpy.
    from digitpad.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(run_bundled(_main))
