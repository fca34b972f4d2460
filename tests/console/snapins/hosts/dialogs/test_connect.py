"""Connect to Server judges while one types, stays until the server answered, and undoes itself."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from backend.errors import NameNotResolved
from backend.model import Host, HostState, Kind, Prompt, PromptKind, Record, Ref
from backend.specs import HostSpec
from console.sdk.nodes import host_node_id, machines_node_id
from console.sdk.servers import Server
from console.snapins.hosts.address import Address, Way
from console.snapins.hosts.dialogs.connect import ConnectDialog
from console.snapins.hosts.refusals import Field
from tests.console.snapins.lent import LentContext
from tests.fakes.turning import turn

KNOWN = Server(
    HostSpec("known", "The rack", "qemu+ssh://root@rack-9/system", "gate", is_wanted=False),
    is_remembered=True,
)


def opened(context: LentContext, server: Server | None = None) -> ConnectDialog:
    dialog = ConnectDialog(context, server)
    context.show_dialog(dialog)
    return dialog


def type_into(dialog: ConnectDialog, field: Field, text: str) -> None:
    dialog.fields.lines[field].setFocus()
    QTest.keyClicks(dialog.fields.lines[field], text)


def ref_of(dialog: ConnectDialog) -> Ref:
    host_id = dialog.server().spec.id
    return Ref(host_id, Kind.HOST, host_id)


def begin(dialog: ConnectDialog) -> None:
    dialog.ok_button.click()
    turn()


def test_who_typed_a_whole_place_is_asked_before_it_is_dropped(context: LentContext) -> None:
    dialog = opened(context)
    type_into(dialog, Field.SERVER, "root@rack-7:2222")
    dialog.fields.lines[Field.SERVER].editingFinished.emit()
    assert dialog.fields.lines[Field.USER].text() == "root"
    assert dialog.is_typed_in
    known = ConnectDialog(context, KNOWN)
    known.fields.lines[Field.SERVER].editingFinished.emit()
    assert not known.is_typed_in, "it was filled in"


def test_one_begins_to_type_the_servers_name(context: LentContext, qtbot: QtBot) -> None:
    dialog = opened(context)
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.fields.lines[Field.SERVER])
    assert "name or address" in dialog.refusal
    type_into(dialog, Field.SERVER, "rack-7")
    assert dialog.refusal == ""
    assert dialog.uri.text() == "qemu+ssh://rack-7/system"
    assert dialog.name.placeholderText() == "rack-7"
    server = dialog.server()
    assert (server.spec.name, server.spec.is_wanted, server.is_remembered) == ("rack-7", True, True)


def test_each_field_says_why_it_will_not_do(context: LentContext) -> None:
    dialog = opened(context)
    dialog.fields.fill(Address(Way.SSH, "rack 7", "x", "root:pw", "id"))
    said = {field: dialog.fields._remarks[field].text() for field in dialog.fields._remarks}
    assert "space" in said[Field.SERVER]
    assert "password" in said[Field.USER]
    assert "whole path" in said[Field.KEY]
    assert said[Field.JUMP] == ""
    assert not dialog.ok_button.isEnabled()
    dialog.fields.fill(Address(Way.SSH, "rack-7", "x"))
    assert "65535" in dialog.fields._remarks[Field.SERVER].text()


def test_the_uri_can_be_copied(context: LentContext) -> None:
    dialog = opened(context)
    dialog.fields.fill(Address(Way.SSH, "rack-7"))
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "qemu+ssh://rack-7/system"


def test_a_server_that_is_there_is_not_managed_twice(context: LentContext) -> None:
    dialog = opened(context)
    dialog.fields.fill(Address(Way.SSH, "RACK-2", "22"))
    assert "in the list already" in dialog.refusal
    assert dialog.go_there.isVisible()
    dialog.go_there.click()
    assert context.places == [(host_node_id("rack-2"), None)]
    turn()
    assert context.engine.managed == {}
    assert not isValid(dialog) or not dialog.isVisible()


def test_it_stays_until_the_server_answered(
    context: LentContext, until: Callable[[Record], None], qtbot: QtBot
) -> None:
    dialog = opened(context)
    dialog.fields.fill(Address(Way.SSH, "rack-7"))
    dialog.is_read_only.setChecked(True)
    ref = ref_of(dialog)
    begin(dialog)
    assert context.engine.managed[ref.host].is_read_only
    assert dialog.isVisible()
    assert dialog.is_busy
    assert not dialog.fields.way.isEnabled()
    assert "Connecting to rack-7" in dialog._reason.text()
    assert dialog.keep_trying.isVisible()
    asked = Host(ref, "rack-7", "", HostState.CONNECTING,
                 prompt=Prompt(1, PromptKind.PASSWORD, "root@rack-7"))  # fmt: skip
    until(asked)
    assert "your answer" in dialog._reason.text()
    context.engine.waiting.settle("host.reconnect", None)
    qtbot.waitUntil(lambda: context.places == [(machines_node_id(ref.host), None)])
    turn()
    assert not isValid(dialog) or not dialog.isVisible()
    assert context.engine.forgotten == []


def test_a_slip_is_put_right_without_typing_it_all(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["host.reconnect"] = NameNotResolved(host="rakc-7", detail=("why",))
    dialog = opened(context)
    dialog.fields.fill(Address(Way.SSH, "rakc-7", user="root"))
    ref = ref_of(dialog)
    begin(dialog)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "rakc-7" in dialog._reason.text()
    assert "why" in dialog._reason.text()
    assert dialog.fields.lines[Field.SERVER].isEnabled()
    turn()
    last = context.engine.queries[-1]
    assert (last.operation, last.ref) == ("host.disconnect", ref)
    context.engine.answers["host.reconnect"] = None
    dialog.fields.lines[Field.SERVER].setText("rack-7")
    assert dialog._reason.text() == ""
    begin(dialog)
    qtbot.waitUntil(lambda: bool(context.places))
    assert context.engine.managed[ref.host].uri == "qemu+ssh://root@rack-7/system"


@pytest.mark.parametrize("has_failed", [False, True])
def test_a_new_server_that_was_not_reached_is_not_kept(
    context: LentContext, has_failed: bool, qtbot: QtBot
) -> None:
    if has_failed:
        context.engine.answers["host.reconnect"] = NameNotResolved(host="x")
    dialog = opened(context)
    dialog.fields.fill(Address(Way.SSH, "rack-7"))
    ref = ref_of(dialog)
    begin(dialog)
    qtbot.waitUntil(lambda: dialog.is_busy is not has_failed)
    dialog.reject()
    turn()
    assert context.engine.forgotten == [ref.host]
    assert context.servers.find(ref.host) is None
    assert context.problems == []


@pytest.mark.parametrize("has_failed", [False, True])
def test_it_can_be_tried_on_in_the_background(
    context: LentContext, has_failed: bool, qtbot: QtBot
) -> None:
    if has_failed:
        context.engine.answers["host.reconnect"] = NameNotResolved(host="x")
    dialog = opened(context)
    dialog.fields.fill(Address(Way.SSH, "rack-7"))
    ref = ref_of(dialog)
    begin(dialog)
    qtbot.waitUntil(lambda: dialog.is_busy is not has_failed)
    dialog.keep_trying.click()
    turn()
    assert context.engine.forgotten == []
    assert context.servers.find(ref.host)
    assert context.places == [(host_node_id(ref.host), None)]
    assert context.submitted() == ([("host.reconnect", ref.host)] if has_failed else [])


def test_an_edited_one_is_as_before_if_one_turns_away(context: LentContext, qtbot: QtBot) -> None:
    context.servers.manage(KNOWN)
    context.engine.answers["host.reconnect"] = NameNotResolved(host="x")
    dialog = opened(context, KNOWN)
    assert dialog.fields.address() == Address(Way.SSH, "rack-9", user="root", jump="gate")
    assert dialog.server() == KNOWN
    assert dialog.name.text() == "The rack"
    dialog.fields.lines[Field.SERVER].setText("rack-8")
    begin(dialog)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    found = context.servers.find("known")
    assert found
    assert found.spec.uri == "qemu+ssh://root@rack-8/system"
    dialog.reject()
    turn()
    assert context.servers.find("known") == KNOWN
    assert context.engine.managed["known"] == replace(KNOWN.spec, is_wanted=True)


def test_looking_at_it_changes_nothing(context: LentContext) -> None:
    context.servers.manage(KNOWN)
    dialog = opened(context, KNOWN)
    dialog.reject()
    turn()
    assert context.servers.find("known") == KNOWN
    assert context.engine.forgotten == []


def test_what_is_not_remembered_is_not_connected_at_the_next_start(context: LentContext) -> None:
    dialog = opened(context)
    dialog.fields.fill(Address(Way.SYSTEM))
    assert dialog.server().spec.name == "This computer, system-wide"
    dialog.is_remembered.setChecked(False)
    assert not dialog.is_wanted.isEnabled()
    assert not dialog.server().is_remembered


def test_one_that_was_left_is_left_again(
    context: LentContext, until: Callable[[Record], None], qtbot: QtBot
) -> None:
    context.servers.manage(KNOWN)
    ref = Ref("known", Kind.HOST, "known")
    until(Host(ref, "The rack", KNOWN.spec.uri, HostState.DISCONNECTED))
    context.engine.answers["host.reconnect"] = NameNotResolved(host="x")
    dialog = opened(context, KNOWN)
    dialog.fields.lines[Field.SERVER].setText("rack-8")
    begin(dialog)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    turn()
    before = len(context.engine.queries)
    dialog.reject()
    turn()
    assert [query.operation for query in context.engine.queries[before:]] == ["host.disconnect"]


NAMED = "qemu+ssh://rack-7/system?command=/opt/tunnel"


def test_a_program_that_a_uri_names_is_run_only_by_who_wants_that(
    context: LentContext, qtbot: QtBot
) -> None:
    context.answers = [1, 0]
    dialog = opened(context)
    dialog.fields.fill(Address(Way.URI, uri=NAMED))
    assert "runs /opt/tunnel on this computer" in dialog.fields._caution.text()
    begin(dialog)
    qtbot.waitUntil(lambda: not dialog.is_busy)
    assert "Nothing was run" in dialog._reason.text()
    assert context.engine.managed == {}
    begin(dialog)
    qtbot.waitUntil(lambda: bool(context.engine.managed))
    (first, _second) = context.questions
    assert first.is_danger
    assert "/opt/tunnel" in first.title
    assert first.detail == (NAMED,)


def test_who_edits_a_server_is_not_asked_again_about_its_program(
    context: LentContext, qtbot: QtBot
) -> None:
    known = replace(KNOWN, spec=replace(KNOWN.spec, uri=NAMED))
    context.servers.manage(known)
    dialog = opened(context, known)
    dialog.name.setText("Other")
    begin(dialog)
    qtbot.waitUntil(lambda: context.servers.find("known") != known)
    assert context.questions == []


def test_it_is_as_high_as_the_fields_of_its_way(context: LentContext) -> None:
    dialog = opened(context)
    turn()
    by_ssh = dialog.height()
    dialog.fields.fill(Address(Way.SYSTEM))
    turn()
    alone = dialog.height()
    assert alone < by_ssh
    dialog.fields.fill(Address(Way.SSH, "rack-7"))
    dialog.fields.fill(Address(Way.SYSTEM))
    turn()
    assert dialog.height() == alone


def test_a_prometheus_is_kept_with_the_server_and_its_address_is_looked_at(
    context: LentContext,
) -> None:
    spec = replace(KNOWN.spec, prometheus="http://monitor:9090")
    dialog = opened(context, Server(spec, is_remembered=True))
    assert dialog.server().spec == spec
    dialog.prometheus.setText("monitor:9090")
    assert "http://" in dialog.refusal
    dialog.prometheus.setText(" https://monitor ")
    assert dialog.refusal == ""
    assert dialog.server().spec.prometheus == "https://monitor"
    dialog.prometheus.clear()
    assert dialog.refusal == ""
