"""What the page of a host tells."""

import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backend.errors import Problem
from backend.model import Accelerator, HostState
from console.sdk import wording
from console.snapins.hosts import page
from console.snapins.hosts.page import HostPage
from tests.console.snapins.lent import LentContext
from tests.fakes.machines import away_host, host


def test_facts() -> None:
    full = replace(host(), qemu_user="celadon", images=Path("/srv/images"))
    told = {row.label: row.value for row in page.rows(full) if row.value}
    assert told["Hypervisor"] == "QEMU 7.2"
    assert told["Memory"] == "24 GiB"
    assert told["Acceleration"].startswith("KVM")
    assert told["QEMU runs as"] == "celadon"
    assert told["Disks lie in"] == "/srv/images"
    slow = replace(full, accelerator=Accelerator.TCG)
    assert "slower" in {row.label: row.value for row in page.rows(slow)}["Acceleration"]


def test_the_command_can_be_pasted_into_a_shell() -> None:
    odd = replace(host(), uri="qemu:///session?socket=/run/a b")
    assert page.command(odd) == "virsh -c 'qemu:///session?socket=/run/a b'"


def test_what_lasts_differs_between_here_and_elsewhere() -> None:
    assert "log out" in page.lasting(host())
    assert "belong to the server" in page.lasting(away_host())
    assert "reboot" in page.lasting(host())


def test_the_page(context: LentContext, qtbot: QtBot) -> None:
    view = HostPage(context)
    qtbot.addWidget(view)
    view.wake()
    view.set_record(replace(away_host(), notes=(Problem("PoolMissing"),)))
    assert not view._problem.isHidden()
    ((why, others_words),) = view._problem.lines
    assert "no connection to rack-2" in why
    assert others_words == "no route to host"
    assert "storage location" in view._remarks.lines[0][0]
    view.set_record(host())
    assert view._problem.isHidden()
    assert view._remarks.isHidden()
    copy = next(b for b in view.findChildren(QPushButton) if b.text() == "Copy")
    copy.click()
    assert QGuiApplication.clipboard().text() == "virsh -c qemu:///system"
    view.sleep()


def test_the_connection_is_told_with_its_rights() -> None:
    at = time.time()
    rack = replace(host(), since=at)
    assert page.state(rack) == f"Connected since {wording.moment(at)}"
    assert page.state(replace(rack, state=HostState.CONNECTING)) == "Connecting"
    assert page.state(host()) == "Connected"
    assert page.rights(rack) == "All"
    assert page.rights(replace(rack, state=HostState.AWAY)) == ""
    closed = replace(rack, is_read_only=True)
    assert "read-only" in page.rights(closed)
    assert page.command(closed) == "virsh -r -c qemu:///system"
