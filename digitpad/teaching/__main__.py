"""``python -m digitpad.teaching``: the process that teaches, which the window starts; not for
people."""

from digitpad.core import processes

if __name__ == "__main__":
    # The working folder is on the path here; nothing else may be imported before it is off it.
    processes.set_up()

    import sys

    from digitpad.core import languages
    from digitpad.teaching.server import serve

    languages.choose(None)
    sys.exit(serve())
