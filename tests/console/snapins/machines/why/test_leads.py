from pytestqt.qtbot import QtBot

from backend.diagnosis.causes import Cause, Limit
from backend.diagnosis.examine import Diagnosis, Finding
from backend.fields import Field
from backend.model import DomainState, Kind, Ref
from backend.settings import Plan
from console.snapins.machines.settings.opening import open_sheets
from console.snapins.machines.why.leads import SERVER_PAGE, lead
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.settings.sheets import COUNT, sheet
from tests.fakes.diagnoses import BUSY, WRITING, judged
from tests.fakes.machines import domain

WEB = domain("web-01", DomainState.RUNNING)


def of(diagnosis: Diagnosis, cause: Cause) -> Finding:
    return next(one for one in diagnosis.findings if one.cause is cause)


def test_a_limit_leads_to_the_one_that_is_reached() -> None:
    limit = Limit(Field.DRIVE_WRITE_IOPS, "vda", 4.0)
    found = lead(of(judged(WRITING, limits=(limit,)), Cause.DISK_LIMIT))
    assert (found.field, found.device) == (Field.DRIVE_WRITE_IOPS, "vda")
    unset = lead(of(judged(), Cause.DISK_LIMIT))
    assert unset.field is Field.DRIVE_TOTAL_BYTES_S


def test_what_is_the_servers_leads_there(context: LentContext) -> None:
    found = lead(of(judged(BUSY), Cause.CPU_CONTENTION))
    found.follow(context, WEB)
    assert context.places == [("host:here", Ref("here", Kind.HOST, "here"))]
    assert context.pages == [SERVER_PAGE]


def test_what_is_the_machines_leads_to_the_very_field(context: LentContext, qtbot: QtBot) -> None:
    context.engine.answers["sheet.look"] = sheet()
    context.engine.answers["sheet.plan"] = Plan(())
    found = lead(of(judged(), Cause.CPU_FULL))
    found.follow(context, WEB)
    opened = open_sheets.show(context, WEB)
    qtbot.waitUntil(lambda: opened.pages is not None and opened.pages.current is not None)
    assert opened.list.key == "processor/"
    assert opened.pages
    page = opened.pages.current
    assert page
    editor = page.editor(COUNT).widget
    qtbot.waitUntil(lambda: opened.focusWidget() is editor)
    assert page.field(Field.MEMORY_STARTUP) is None


def test_every_cause_leads_somewhere() -> None:
    for finding in judged().findings:
        found = lead(finding)
        assert found.words
        assert found.icon.startswith("ph.")
