from backend.model import Kind
from console.sdk.nodes import Tone
from console.snapins.alerts import marks
from tests.fakes.alarms import CPU, MEMORY, alert, alerts
from tests.fakes.machines import domain

WEB = domain("web-01")


def test_a_mark_says_all_and_looks_like_the_worst() -> None:
    (rule,) = marks.rules()
    assert rule.kind is Kind.ALERTS
    mark = rule.build(alerts(WEB.ref, alert(CPU, is_known=False), alert(MEMORY)))
    assert mark
    assert (mark.subject, mark.tone, mark.below) == (WEB.ref, Tone.BAD, "Alerts")
    assert mark.words == (
        "Critical alert: CPU usage above 95 %, not known at the moment; "
        "Memory of the server in use above 95 %"
    )
    assert rule.build(WEB) is None
