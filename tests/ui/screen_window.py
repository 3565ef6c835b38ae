"""Opens the windows on the screen that Qt is told of, and prints how they lie on it as JSON."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.app import make_application
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.style.screen import screen_of
from tests.ui.browsers import images
from tests.ui.stubs import LAYERS, StubClient


def main() -> None:
    """Open both, as they come, and tell of both."""
    application = make_application()
    window = MainWindow(StubClient(), LAYERS, theme="light", load_images=lambda name: images())
    window.show()
    window.session.client.become_ready()
    browser = window.dialogs.browse()
    assert browser is not None
    application.processEvents()
    print(json.dumps([described(window), described(browser)]))
    window.close()


def described(window: QWidget) -> dict[str, object]:
    """Whether a window lies on its screen, and whose words are cut in it."""
    return {
        "room": list(screen_of(window).availableGeometry().size().toTuple()),
        "fits": screen_of(window).availableGeometry().contains(window.frameGeometry()),
        "cut": [
            part.text()
            for part in window.findChildren(QToolButton)
            if part.isVisible()
            and any(
                part.fontMetrics().horizontalAdvance(line) > part.width() - 4
                for line in part.text().splitlines()
            )
        ],
    }


if __name__ == "__main__":
    main()
