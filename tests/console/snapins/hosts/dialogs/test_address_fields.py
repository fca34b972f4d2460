"""Only the fields that count are there, and what is pasted goes where it belongs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.sdk.forms import form_layout
from console.snapins.hosts.address import Address, Scope, Way
from console.snapins.hosts.dialogs.address_fields import AddressFields
from console.snapins.hosts.refusals import Field


@pytest.fixture
def fields(qtbot: QtBot) -> AddressFields:
    sheet = QWidget()
    qtbot.addWidget(sheet)
    form = form_layout()
    fields = AddressFields(form, sheet)
    sheet.setLayout(form)
    sheet.show()
    return fields


def shown(fields: AddressFields) -> set[str]:
    return {field.value for field, line in fields.lines.items() if line.isVisible()}


def put(fields: AddressFields, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    line = fields.lines[Field.SERVER]
    line.setFocus()
    line.selectAll()
    line.paste()


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (Way.SSH, {"server", "port", "user", "key", "jump"}),
        (Way.TLS, {"server", "port", "certificates"}),
        (Way.TCP, {"server", "port", "user"}),
        (Way.SYSTEM, set()),
        (Way.SESSION, set()),
        (Way.URI, {"uri"}),
    ],
)
def test_only_what_counts_is_asked(fields: AddressFields, way: Way, expected: set[str]) -> None:
    fields.way.setCurrentIndex(fields.way.findData(way.value))
    assert shown(fields) == expected
    assert fields.scope.isVisible() is (way is Way.SSH)
    assert fields._caution.isVisible() is (way is Way.TCP)
    assert fields._examples.isVisible() is (way is Way.URI)


def test_what_is_pasted_goes_where_it_belongs(fields: AddressFields) -> None:
    put(fields, "root@rack-7:2222")
    assert fields.address() == Address(Way.SSH, "rack-7", "2222", "root")
    assert fields.lines[Field.USER].text() == "root"
    put(fields, "qemu+tls://rack-8/system?pkipath=/pki")
    assert fields.address() == Address(Way.TLS, "rack-8", certificates="/pki")
    assert Way(fields.way.currentData()) is Way.TLS
    put(fields, "me@rack-9")
    assert fields.address() == Address(Way.TLS, "rack-9", certificates="/pki")
    put(fields, "ssh -J gate me@rack-9")
    assert fields.address() == Address(Way.SSH, "rack-9", user="me", jump="gate")


def test_a_place_changes_nothing_else(fields: AddressFields) -> None:
    before = Address(Way.SSH, "rack-7", key="/k", jump="gate", scope=Scope.SESSION)
    fields.fill(before)
    put(fields, "root@rack-7")
    assert fields.address() == Address(
        Way.SSH, "rack-7", "", "root", "/k", "gate", scope=Scope.SESSION
    )


def test_what_is_typed_goes_there_when_one_leaves_the_field(fields: AddressFields) -> None:
    line = fields.lines[Field.SERVER]
    line.setFocus()
    QTest.keyClicks(line, "root@rack-7")
    assert line.text() == "root@rack-7"
    assert fields.address() == Address(Way.SSH, "rack-7", user="root")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (line.text(), fields.lines[Field.USER].text()) == ("rack-7", "root")


def test_a_hint_stands_where_no_reason_does(fields: AddressFields) -> None:
    remark = fields._remarks[Field.SERVER]
    assert "name or address" in remark.text()
    fields.lines[Field.SERVER].setText("rack-7")
    assert "pasted" in remark.text()


def test_a_file_is_chosen_in_a_dialog_that_stops_nothing(
    fields: AddressFields, qtbot: QtBot
) -> None:
    sheet = fields.way.window()
    browse = next(
        button
        for button in sheet.findChildren(QPushButton)
        if button.accessibleName() == "Browse for the key"
    )
    browse.click()
    (dialog,) = sheet.findChildren(QFileDialog)
    dialog.fileSelected.emit("/keys/id")
    assert fields.lines[Field.KEY].text() == "/keys/id"
    dialog.close()
