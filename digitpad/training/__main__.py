"""``python -m digitpad.training``: train.py wherever Digitpad is installed."""

from digitpad.core import processes

if __name__ == "__main__":
    # The working folder is on the path here; nothing else may be imported before it is off it.
    processes.set_up()

    from digitpad.training.command import program

    program()
