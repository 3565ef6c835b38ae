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
from collections.abc import Iterator
from pathlib import Path

from digitpad.core.languages import NEEDS_CJK, _, language

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
_TEST_PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "dbus-daemon": "dbus"}
# What a screen reader hears goes over it; its programs are not on the path.
_TEST_FILES = {"/usr/share/dbus-1/services/org.a11y.Bus.service": "at-spi2-core"}
_FONT_PACKAGE = "fonts-dejavu-core"
CJK_PACKAGE = "fonts-noto-cjk"
"""Debian's package of a font with Chinese characters."""
_CJK_FILES = ("notosanscjk", "notoserifcjk", "sourcehan", "wqy-", "droidsansfallback", "arphic")
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
    included; a font with Chinese characters where that is the language, or for the tests."""
    if not sys.platform.startswith("linux"):
        return []
    packages = set(missing_libraries().values())
    if not _has_font():
        packages.add(_FONT_PACKAGE)
    if (for_tests or language() in NEEDS_CJK) and not has_cjk_font():
        packages.add(CJK_PACKAGE)
    if for_tests:
        packages |= {
            package for program, package in _TEST_PROGRAMS.items() if shutil.which(program) is None
        }
        packages |= {package for file, package in _TEST_FILES.items() if not Path(file).exists()}
    return sorted(packages)


def missing_test_data() -> list[str]:
    """Debian's packages of the data sets that tests would read, those missing."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for folder, package in _TEST_DATA.items() if not Path(folder).is_dir()]


def install_command(packages: list[str]) -> str:
    """The command that installs packages on Debian and Ubuntu."""
    return f"sudo apt-get install -y {' '.join(packages)}"


def has_cjk_font() -> bool:
    """Whether there is a font with Chinese characters: always on macOS and Windows, which bring
    theirs; else what fontconfig says, or where that is missing, what the files are called."""
    if not sys.platform.startswith("linux"):
        return True
    if shutil.which("fc-list") is not None:
        listed = subprocess.run(
            ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, errors="replace"
        )
        if listed.returncode == 0:
            return bool(listed.stdout.strip())
    return any(file.name.lower().startswith(_CJK_FILES) for file in _font_files())


def _has_font() -> bool:
    return any(_font_files())


def _font_files() -> Iterator[Path]:
    home = Path.home()
    folders = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".fonts",
        home / ".local/share/fonts",
    )
    endings = (".ttf", ".otf", ".ttc", ".pfb")
    for folder in folders:
        if folder.is_dir():
            yield from (file for file in folder.rglob("*") if file.suffix.lower() in endings)


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
    print(
        _("Installing system packages: {packages}").format(packages=" ".join(packages)), flush=True
    )
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
        "--install",
        action="store_true",
        help=_("install what is missing where no password is needed"),
    )
    parser.add_argument("--tests", action="store_true", help=_("look for what the tests need too"))
    arguments = parser.parse_args()
    packages = missing_packages(arguments.tests)
    if packages and arguments.install and _install(packages):
        packages = missing_packages(arguments.tests)
    data_packages = missing_test_data() if arguments.tests else []
    if data_packages and not (arguments.install and _install(data_packages)):
        print(
            _("Tests that need {packages} will be skipped; {command}").format(
                packages=" ".join(data_packages),
                command=install_command(data_packages),
            )
        )
    if packages:
        print(
            _("Missing system packages. Install them with:\n  {command}").format(
                command=install_command(packages)
            ),
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
