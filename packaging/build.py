"""Make the program that needs no Python: a folder and an archive of it.

    python packaging/build.py [--out dist]

PyInstaller makes the program of this system by packaging/digitpad.spec. On Linux, what a desktop
wants comes with it: icon, desktop file, metadata, type of files, and what installs them for one
user. Prints the sizes.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LIMIT_MB = 220
"""How large the unpacked folder may be, in millions of bytes."""


def main() -> int:
    """Make them; returns 1 where the folder is larger than it may be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="default: dist")
    out = parser.parse_args().out.resolve()
    work = out / "work"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(work), "--workpath", str(work / "build")]
    subprocess.run([*command, str(HERE / "digitpad.spec")], check=True, cwd=ROOT)
    made = work / "digitpad"
    _strip(made)
    if sys.platform == "linux":
        _add_desktop_files(made)
    shutil.copy(ROOT / "LICENSE", made)
    name = f"digitpad-{_version()}-{platform.system().lower()}-{platform.machine().lower()}"
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    made.rename(folder)
    shutil.rmtree(work)
    archive = out / f"{name}.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder, name)
    size = sum(one.lstat().st_size for one in folder.rglob("*") if not one.is_dir()) / 1e6
    print(f"{folder}: {size:.0f} MB of at most {LIMIT_MB}")
    print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB")
    return int(size > LIMIT_MB)


def _version() -> str:
    sys.path.insert(0, str(ROOT))
    from digitpad import __version__

    return __version__


def _strip(made: Path) -> None:
    """Take what only debuggers read out of Python's own library, where that has it."""
    strip = shutil.which("strip")
    for library in (made / "_internal").glob("libpython3*.so*"):
        if strip is not None and not library.is_symlink():
            subprocess.run([strip, "--strip-debug", "--strip-unneeded", str(library)], check=False)


def _add_desktop_files(made: Path) -> None:
    """Put beside the program what a Linux desktop wants, and what installs it."""
    share = made / "share"
    share.mkdir()
    for file in sorted((HERE / "linux").iterdir()):
        is_script = file.suffix == ".sh"
        copy = shutil.copy(file, made if is_script else share)
        if is_script:
            Path(copy).chmod(0o755)
    shutil.copy(ROOT / "assets" / "icon.png", share / "digitpad.png")


if __name__ == "__main__":
    sys.exit(main())
