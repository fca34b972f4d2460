from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.measures import Measure, Unit
from backend.model import Kind, Ref, StoragePool
from backend.thresholds import Severity, Side
from console.snapins.alerts.edit import ThresholdDialog, fresh
from tests.console.snapins.lent import LentContext
from tests.fakes import estate
from tests.fakes.alarms import CPU, LATENCY, MEMORY, POOL
from tests.fakes.machines import domain, host


def shown(context: LentContext, *args: object) -> ThresholdDialog:
    dialog = ThresholdDialog(context, "Threshold", *args)  # type: ignore[arg-type]
    context.show_dialog(dialog)
    return dialog


def test_what_is_shown_is_what_is_saved(context: LentContext, qtbot: QtBot) -> None:
    web = domain("web-01").ref
    for threshold in (
        CPU, LATENCY, MEMORY, replace(LATENCY, device=""), replace(LATENCY, device="vdb"),
        replace(CPU, key=web.key), replace(CPU, key="gone"), replace(CPU, host=web.host),
        replace(MEMORY, host="gone"), replace(CPU, is_enabled=False, side=Side.BELOW),
        POOL, replace(POOL, key="gone"), replace(POOL, host=web.host),
        replace(POOL, measure=Measure.POOL_FREE, side=Side.BELOW, bound=2.0**34, unit=Unit.BYTES),
        replace(MEMORY, bound=2.0**34, unit=Unit.BYTES, duration_s=5400.0),
    ):  # fmt: skip
        dialog = shown(context, threshold)
        assert dialog.refusal == ""
        assert dialog.threshold == threshold
        dialog.ok_button.click()
        qtbot.waitUntil(lambda rule=threshold: rule in context.thresholds.all())  # type: ignore[misc]


def test_escape_drops_no_edit_unasked(context: LentContext, qtbot: QtBot) -> None:
    dialog = shown(context, LATENCY)
    found = [dialog.is_typed_in]
    dialog.bound.setText("a hundred")
    assert [*found, dialog.is_typed_in] == [False, True]
    context.answers = [1]
    dialog.reject()
    qtbot.waitUntil(lambda: [one.title for one in context.questions] == ["Drop what you entered?"])
    assert dialog.isVisible()


def test_it_says_in_a_sentence_what_was_entered(context: LentContext) -> None:
    dialog = shown(context, LATENCY)
    assert dialog.said.text() == (
        "Warning: Write latency above 100 ms for 90 s (Any machine, each drive)"
    )


def test_reasons_stand_beside_their_fields_as_one_types(context: LentContext) -> None:
    dialog = shown(context, CPU)
    dialog.bound.setText("120 %")
    assert "100 %" in dialog.bound_reason.text()
    assert not dialog.ok_button.isEnabled()
    dialog.duration.setText("soon")
    assert "10 min" in dialog.duration_reason.text()
    assert dialog.said.text() == ""
    dialog.bound.setText("90")
    assert dialog.bound_reason.text() == ""
    assert not dialog.ok_button.isEnabled()
    dialog.duration.setText("5 min")
    assert dialog.ok_button.isEnabled()
    assert (dialog.threshold.bound, dialog.threshold.duration_s) == (0.9, 300.0)


def test_another_figure_has_its_own_devices_subjects_and_unit(context: LentContext) -> None:
    dialog = shown(context, CPU)
    has_device = dialog.device.isVisible()
    dialog.measure.setCurrentIndex(dialog.measure.findData(Measure.DISK_READ_LATENCY.id))
    assert (has_device, dialog.device.isVisible()) == (False, True)
    assert dialog.device.currentText() == "Each drive"
    drives = dialog.threshold
    assert (drives.device, drives.unit, dialog.refusal) == (None, Unit.SECONDS, "")
    dialog.device.setEditText("  ")
    assert dialog.device_reason.text()
    dialog.device.setEditText("vda")
    assert dialog.threshold.device == "vda"
    dialog.measure.setCurrentIndex(dialog.measure.findData(Measure.HOST_CPU.id))
    assert dialog.subject.currentText() == "Any server"
    dialog.severity.setCurrentIndex(1)
    assert dialog.threshold.severity is Severity.CRITICAL


def test_another_figure_is_still_of_the_machine_that_was_chosen(context: LentContext) -> None:
    web = domain("web-01")
    dialog = shown(context, fresh(web))

    def measure(wanted: Measure) -> None:
        dialog.measure.setCurrentIndex(dialog.measure.findData(wanted.id))

    measure(Measure.MEMORY_USED)
    assert dialog.threshold.key == web.ref.key
    measure(Measure.DISK_READ_LATENCY)
    dialog.device.setEditText("vda")
    measure(Measure.DISK_WRITE_LATENCY)
    assert (dialog.threshold.key, dialog.threshold.device) == (web.ref.key, "vda")
    measure(Measure.HOST_CPU)
    assert dialog.threshold.key == ""
    dialog.subject.setCurrentIndex(dialog.subject.findText("Any server"))
    dialog = shown(context, fresh(host()))
    measure(Measure.CPU)
    assert (dialog.threshold.host, dialog.threshold.key) == (host().ref.host, "")


def test_a_storage_location_is_chosen_by_its_name_and_server(
    context: LentContext, qtbot: QtBot
) -> None:
    pool = replace(estate.POOL, ref=Ref(host().ref.host, Kind.STORAGE_POOL, "p"))
    context.engine.put(pool)
    qtbot.waitUntil(lambda: bool(context.lookup.record(pool.ref, StoragePool)))
    dialog = shown(context, fresh(domain("web-01")))
    dialog.measure.setCurrentIndex(dialog.measure.findData(Measure.POOL_USED.id))
    assert dialog.threshold.key == "", "a machine has no such figure"
    assert not dialog.device.isVisible()
    offered = [dialog.subject.itemText(row) for row in range(dialog.subject.count())]
    assert offered[0] == "Any storage location"
    assert "Any storage location of this-computer" in offered
    dialog.subject.setCurrentIndex(dialog.subject.findText(f"{pool.name} of this-computer"))
    assert dialog.threshold.key == "p"
    assert dialog.said.text().endswith(f"({pool.name} of this-computer)")


def test_a_new_one_is_for_what_one_stands_on() -> None:
    web = domain("web-01")
    assert fresh(web).key == web.ref.key
    assert (fresh(estate.POOL).key, fresh(estate.POOL).is_of_pool) == (estate.POOL.ref.key, True)
    assert fresh(host()).host == host().ref.host
    assert fresh(host()).is_of_host
    assert fresh().id != fresh().id
