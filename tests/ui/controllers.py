"""Actions without a window."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from digitpad.ui.shell.actions import make_actions
from digitpad.ui.shell.controller import Controller
from digitpad.ui.shell.documents import Documents
from digitpad.ui.shell.exchange import Exchange
from digitpad.ui.shell.network_dialogs import NetworkDialogs
from digitpad.ui.shell.notice import Notice
from digitpad.ui.shell.offer_bar import OfferBar
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.taking_away import TakingAway


def controller_of(session: Session, owner: QWidget) -> Controller:
    """A controller whose dialogs have nothing to offer."""
    dialogs = NetworkDialogs(session, tuple, None, owner, owner)
    exchange, notice = Exchange(owner), Notice(owner)
    taking = TakingAway(owner, exchange, notice)
    documents = Documents(session, exchange, owner)
    offers = OfferBar(owner, notice)
    return Controller(session, exchange, dialogs, notice, taking, documents, offers, owner)


def actions_of(session: Session, owner: QWidget) -> dict[str, QAction]:
    """All actions, working in the owner."""
    return make_actions(owner, controller_of(session, owner))
