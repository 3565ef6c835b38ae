"""How every process of ours is set up: how its threads wait, and where its code may come from.

Imported before anything else, while the working folder may still be on Python's path: this module
and the packages above it import nothing that Python has not loaded by itself.
"""

# ruff: noqa: PTH100, PTH109, PTH120
import os
import sys

# The type checker's own word for it: importing typing would take time.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

THREAD_SETTINGS = {
    # Threads that spin while they wait take the cores from the window and from each other; threads
    # that sleep at once wake too late for steps of training as short as ours. A short spin makes
    # two cores half as fast again.
    "OMP_WAIT_POLICY": "PASSIVE",
    "GOMP_SPINCOUNT": "20000",
    # numpy starts a thread for each core as it is imported, and no matrix of ours is large enough
    # to be worth their wait.
    "OPENBLAS_NUM_THREADS": "1",
}
"""Variables of the environment that numpy and torch read as they are imported."""

# How the program that needs no Python is told to run a part of itself.
_MODULE_OPTION, _CODE_OPTION = "--run-module", "--run-code"


def set_up() -> None:
    """Make this process one of ours, before numpy or torch is imported: set_threads() and
    leave_working_folder()."""
    set_threads()
    leave_working_folder()


def set_threads() -> None:
    """Put THREAD_SETTINGS into this process's environment, where the person has not set them
    otherwise; what it starts inherits them."""
    for name, value in THREAD_SETTINGS.items():
        os.environ.setdefault(name, value)


def package_home() -> str:
    """The folder that holds this package: a checkout, or site-packages."""
    return os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def leave_working_folder() -> None:
    """Take the working folder off Python's path, so that no file in it is ever imported.

    `python -m` and an empty part of PYTHONPATH put it there; a torch.py or random.py that lies in
    it would be run in place of the real one. Where this package itself lies in the working folder,
    as in a checkout, that folder goes behind all others.
    """
    home = os.path.realpath(package_home())
    here = os.path.realpath(os.getcwd()) if has_working_folder() else ""
    kept = [one for one in sys.path if one not in ("", ".") and os.path.realpath(one) != here]
    sys.path[:] = [*kept, home] if here == home else kept


def has_working_folder() -> bool:
    """Whether the working folder is there; once it is deleted, torch ends its process in a message
    of its own, and no name of a file means anything."""
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def is_bundled() -> bool:
    """Whether this is the program that needs no Python (packaging/): sys.executable is then that
    program itself, which has no `-c` and no `-m`."""
    return bool(getattr(sys, "frozen", False))


def python_command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of this package, as `python -m` would, by this Python.

    Every process of ours is started by it, or by python_code: both know how the program that needs
    no Python starts itself again, and nothing else has to. It finds the package of this very
    process whatever the working folder is, and nothing in that folder is ever imported;
    PYTHONSAFEPATH, which would do, is not there before Python 3.11.
    """
    if is_bundled():
        return [sys.executable, _MODULE_OPTION, module, *arguments]
    start = (
        f"import sys; sys.path.insert(0, {package_home()!r}); "
        f"from digitpad.core.processes import run_module; run_module({module!r})"
    )
    return [sys.executable, "-c", start, *arguments]


def python_code(code: str) -> list[str]:
    """The command that runs lines of Python by this Python, with the working folder off its
    path."""
    if is_bundled():
        return [sys.executable, _CODE_OPTION, code]
    start = (
        f"import sys; sys.path.insert(0, {package_home()!r}); "
        "from digitpad.core.processes import set_up; set_up()\n"
    )
    return [sys.executable, "-c", start + code]


def run_module(module: str) -> None:
    """Run a module as the program of this process, set up as ours; raises SystemExit as that
    does."""
    set_up()
    import runpy

    runpy.run_module(module, run_name="__main__", alter_sys=True)


def run_bundled(main: "Callable[[], int]") -> int:
    """Run what the program that needs no Python was started for: main, or the module or the lines
    that python_command or python_code names; returns the exit status."""
    option, *given = sys.argv[1:] or [""]
    if option == _MODULE_OPTION and given:
        sys.argv[:] = given
        run_module(given[0])
        return 0
    set_up()
    if option == _CODE_OPTION and given:
        sys.argv[:] = ["-c", *given[1:]]
        exec(compile(given[0], "<string>", "exec"), {"__name__": "__main__"})
        return 0
    return main()


class SafeChildren:
    """While it lasts, processes that multiprocessing starts find nothing in the working folder.

    Those of its "spawn" method run `python -c`, which has the working folder first on its path
    until it takes over its parent's.
    """

    def __enter__(self) -> None:
        self._before = os.environ.get("PYTHONSAFEPATH")
        os.environ["PYTHONSAFEPATH"] = "1"
        if sys.version_info < (3, 11):
            from multiprocessing import util

            name = "_args_from_interpreter_flags"
            self._flags = getattr(util, name)
            # The same from the flags that a child inherits. Its path it takes from its parent.
            setattr(util, name, lambda: [*self._flags(), "-I"])

    def __exit__(self, *error: object) -> None:
        if self._before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = self._before
        if sys.version_info < (3, 11):
            from multiprocessing import util

            util._args_from_interpreter_flags = self._flags  # type: ignore[attr-defined]
