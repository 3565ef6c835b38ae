"""Train the network that reads the digits: python train.py --help."""

from digitpad.core import processes

# What an empty part of PYTHONPATH adds, the working folder, goes before anything else is imported.
processes.set_up()

from digitpad.training.command import program  # noqa: E402

if __name__ == "__main__":
    program()
