"""The system packages that Digitpad needs on Linux, Qt's libraries before all: which are missing,
and how they are installed.

Needs neither Qt nor anything else that is not in Python itself, so that it works where those do
not. Run as ``python -m digitpad.commands.system_packages [--install] [--tests]``.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

# shared library -> Debian's package
_QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
_TEST_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
_FONT_PACKAGE = "fonts-dejavu-core"
# Where there is no such package, the tests that need its files are skipped.
_TEST_DATA = {"/usr/share/datasets/fashion-mnist": "dataset-fashion-mnist"}


def missing_libraries() -> dict[str, str]:
    """The shared libraries that cannot be loaded, with the Debian package of each; none off
    Linux."""
    if not sys.platform.startswith("linux"):
        return {}
    missing = {}
    for library, package in _QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def missing_packages(for_tests: bool = False) -> list[str]:
    """Debian's packages for all that is missing, fonts and, if asked, the programs of the tests
    included."""
    if not sys.platform.startswith("linux"):
        return []
    packages = set(missing_libraries().values())
    if not _has_font():
        packages.add(_FONT_PACKAGE)
    if for_tests:
        packages |= {
            package for program, package in _TEST_PROGRAMS.items() if shutil.which(program) is None
        }
    return sorted(packages)


def missing_test_data() -> list[str]:
    """Debian's packages of the data sets that tests would read, those missing."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for folder, package in _TEST_DATA.items() if not Path(folder).is_dir()]


def install_command(packages: list[str]) -> str:
    """The command that installs packages on Debian and Ubuntu."""
    return f"sudo apt-get install -y {' '.join(packages)}"


def _has_font() -> bool:
    home = Path.home()
    folders = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".fonts",
        home / ".local/share/fonts",
    )
    endings = (".ttf", ".otf", ".ttc", ".pfb")
    return any(
        file.suffix.lower() in endings
        for folder in folders
        if folder.is_dir()
        for file in folder.rglob("*")
    )


def _needs_password() -> bool:
    if os.geteuid() == 0:
        return False
    return (
        shutil.which("sudo") is None
        or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode != 0
    )


def _install(packages: list[str]) -> bool:
    """Install with apt-get where that needs no password; says what it does. False where it could
    not."""
    if shutil.which("apt-get") is None or _needs_password():
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        finished = subprocess.run(
            [*prefix, *arguments], env=environment, capture_output=True, text=True
        )
        if finished.returncode and arguments[1] == "install":
            print(finished.stderr.strip()[-600:], file=sys.stderr)
            return False
    return True


def main() -> int:
    """Name what is missing, or install it; exit status 1 where something is still missing."""
    parser = argparse.ArgumentParser(
        prog="python -m digitpad.commands.system_packages", description=__doc__
    )
    parser.add_argument(
        "--install", action="store_true", help="install what is missing where no password is needed"
    )
    parser.add_argument("--tests", action="store_true", help="look for what the tests need too")
    arguments = parser.parse_args()
    packages = missing_packages(arguments.tests)
    if packages and arguments.install and _install(packages):
        packages = missing_packages(arguments.tests)
    data_packages = missing_test_data() if arguments.tests else []
    if data_packages and not (arguments.install and _install(data_packages)):
        print(
            f"Tests that need {' '.join(data_packages)} will be skipped; "
            f"{install_command(data_packages)}"
        )
    if packages:
        print(
            f"Missing system packages. Install them with:\n  {install_command(packages)}",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
