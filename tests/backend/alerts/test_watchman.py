import time
from dataclasses import replace

from backend.alerts.usual import USUAL
from backend.alerts.watchman import News, Watchman
from backend.measures import Measure, Place, Unit
from backend.model import Kind, Ref
from backend.series import Sample
from backend.thresholds import Ending, Rules, Silence, Threshold

WEB, DB = Ref("h", Kind.DOMAIN, "web"), Ref("h", Kind.DOMAIN, "db")
HOST = Ref("h", Kind.HOST, "h")
CPU = Threshold("cpu", Measure.CPU, 0.9, Unit.SHARE, duration_s=20.0)
DISK = Threshold("disk", Measure.FILESYSTEM_USED, 0.9, Unit.SHARE, duration_s=20.0, device=None)
MEMORY = Threshold("memory", Measure.HOST_MEMORY_USED, 0.9, Unit.SHARE, duration_s=20.0)


def sample(ref: Ref, at: float, *figures: tuple[Measure, str, float]) -> Sample:
    told: dict[Place, float] = {(measure, device): value for measure, device, value in figures}
    return Sample(ref, at, told, when=1000.0 + at)


def watching(*thresholds: Threshold, silences: tuple[Silence, ...] = ()) -> Watchman:
    watchman = Watchman()
    watchman.use(Rules(thresholds, silences))
    return watchman


def hold(
    watchman: Watchman, ref: Ref, *figures: tuple[Measure, str, float], begin: float = 0.0
) -> News:
    """Have these read at 0, 10 and 20 seconds; return the last news."""
    watchman.see([sample(ref, begin, *figures)])
    watchman.see([sample(ref, begin + 10.0, *figures)])
    return watchman.see([sample(ref, begin + 20.0, *figures)])


def test_it_tells_of_what_and_since_when() -> None:
    watchman = watching(CPU)
    news = hold(watchman, WEB, (Measure.CPU, "", 0.95))
    (turn,) = news.turns
    assert (turn.subject, turn.ending) == (WEB, None)
    assert (turn.alert.threshold, turn.alert.since, turn.alert.figure) == (CPU, 1000.0, 0.95)
    assert watchman.alerts(WEB) == (turn.alert,)
    assert watchman.alerts(DB) == ()


def test_what_is_not_told_is_no_reading() -> None:
    watchman = watching(CPU)
    watchman.see([sample(WEB, 0.0, (Measure.CPU, "", 0.95))])
    for at in (10.0, 20.0, 30.0, 40.0, 50.0):  # counters began anew: no rate
        assert not watchman.see([sample(WEB, at, (Measure.LOAD, "", 9.0))])
    assert not watchman.see([sample(WEB, 60.0, (Measure.CPU, "", 0.95))])
    held = Sample(WEB, 70.0, {}, {(Measure.CPU, ""): 0.95}, when=1070.0)
    assert not watchman.see([held, held])
    assert watchman.alerts(WEB) == ()


def test_a_storage_pool_is_watched_by_itself_and_a_machine_of_its_key_is_not() -> None:
    pool, other = Ref("h", Kind.STORAGE_POOL, "p"), Ref("h", Kind.STORAGE_POOL, "q")
    full = Threshold("pool", Measure.POOL_USED, 0.9, Unit.SHARE, duration_s=20.0, key="p")
    watchman = watching(full)
    told = ((Measure.POOL_USED, "", 95.0), (Measure.POOL_SIZE, "", 100.0))
    hold(watchman, other, *told)
    hold(watchman, Ref("h", Kind.DOMAIN, "p"), *told)
    hold(watchman, pool, *told)
    assert [bool(watchman.alerts(ref)) for ref in (pool, other)] == [True, False]


def test_each_device_is_one_by_itself_and_a_share_is_of_its_whole() -> None:
    watchman = watching(DISK)
    news = hold(
        watchman, WEB,
        (Measure.FILESYSTEM_USED, "/", 95.0), (Measure.FILESYSTEM_SIZE, "/", 100.0),
        (Measure.FILESYSTEM_USED, "/home", 95.0), (Measure.FILESYSTEM_SIZE, "/home", 200.0),
        (Measure.FILESYSTEM_USED, "/odd", 95.0), (Measure.FILESYSTEM_SIZE, "/odd", 0.0),
        (Measure.FILESYSTEM_USED, "/new", 95.0),
    )  # fmt: skip
    assert [(turn.alert.device, turn.alert.figure) for turn in news.turns] == [("/", 0.95)]


def test_a_file_system_that_was_taken_out_is_over_once_that_is_sure() -> None:
    def full(device: str) -> tuple[tuple[Measure, str, float], ...]:
        return (Measure.FILESYSTEM_USED, device, 95.0), (Measure.FILESYSTEM_SIZE, device, 100.0)

    def devices() -> list[tuple[str, bool]]:
        return [(alert.device, alert.is_known) for alert in watchman.alerts(WEB)]

    watchman = watching(DISK)
    hold(watchman, WEB, *full("/"), *full("/stick"))
    assert not watchman.see([sample(WEB, 80.0, *full("/"))]).turns, "it may be told of once more"
    assert devices() == [("/", True), ("/stick", True)]
    watchman.look(240.0, 1240.0)
    assert not watchman.see([sample(WEB, 245.0, (Measure.LOAD, "", 1.0))]).turns
    assert devices() == [("/", True), ("/stick", False)], "of none of them anything is told"
    news = watchman.see([sample(WEB, 250.0, *full("/"))])
    assert [(turn.alert.device, turn.ending) for turn in news.turns] == [("/stick", Ending.GONE)]
    assert devices() == [("/", True)]


def test_an_idle_drive_is_not_gone() -> None:
    slow = Threshold("slow", Measure.DISK_WRITE_LATENCY, 0.1, Unit.SECONDS, duration_s=20.0,
                     device=None)  # fmt: skip
    watchman = watching(slow)
    latency = Measure.DISK_WRITE_LATENCY
    hold(watchman, WEB, (latency, "sda", 0.5), (latency, "sdb", 0.01))
    watchman.look(100.0, 1100.0)
    assert not watchman.see([sample(WEB, 110.0, (latency, "sdb", 0.01))]).turns
    assert [alert.device for alert in watchman.alerts(WEB)] == ["sda"]


def test_all_drives_together_are_not_each_of_them() -> None:
    each = Threshold("w", Measure.DISK_WRITE, 10.0, Unit.BYTES_PER_S, duration_s=20.0, device=None)
    whole = replace(each, id="all", device="")
    watchman = watching(each, whole)
    news = hold(watchman, WEB, (Measure.DISK_WRITE, "", 15.0), (Measure.DISK_WRITE, "sda", 15.0))
    assert [(t.alert.threshold.id, t.alert.device) for t in news.turns] == [
        ("w", "sda"), ("all", ""),
    ]  # fmt: skip


def test_a_threshold_may_be_for_one_machine_or_one_server() -> None:
    watchman = watching(replace(CPU, key="db"), replace(CPU, id="other", host="elsewhere"))
    assert not hold(watchman, WEB, (Measure.CPU, "", 0.95)).turns
    assert hold(watchman, DB, (Measure.CPU, "", 0.95)).turns


def test_servers_have_alerts_as_machines_have() -> None:
    watchman = watching(CPU, MEMORY)
    hold(watchman, HOST, (Measure.HOST_MEMORY_USED, "", 95.0), (Measure.HOST_MEMORY_SIZE, "", 100))
    assert [alert.threshold for alert in watchman.alerts(HOST)] == [MEMORY]


def test_a_machine_that_is_off_ends_its_alerts() -> None:
    watchman = watching(CPU)
    hold(watchman, WEB, (Measure.CPU, "", 0.95))
    news = watchman.end(WEB)
    assert [turn.ending for turn in news.turns] == [Ending.OFF]
    assert watchman.alerts(WEB) == ()
    assert not watchman.end(WEB)
    assert not watchman.is_busy


def test_a_server_that_goes_away_clears_nothing() -> None:
    watchman = watching(CPU)
    hold(watchman, WEB, (Measure.CPU, "", 0.95))
    news = watchman.look(1000.0, 2000.0)
    assert list(news.subjects) == [WEB]
    assert not news.turns
    assert not watchman.look(1010.0, 2010.0)
    (alert,) = watchman.alerts(WEB)
    assert not alert.is_known


def test_what_was_beyond_once_and_is_read_no_more_is_not_kept() -> None:
    watchman = watching(CPU)
    watchman.see([sample(WEB, 0.0, (Measure.CPU, "", 0.95))])
    assert watchman.is_busy
    assert not watchman.look(1000.0, 2000.0)
    assert not watchman.is_busy


def test_a_threshold_that_is_changed_or_taken_away_ends_its_alerts() -> None:
    for fresh in ((), (replace(CPU, is_enabled=False),), (replace(CPU, bound=0.5),)):
        watchman = watching(CPU)
        hold(watchman, WEB, (Measure.CPU, "", 0.95))
        news = watchman.use(Rules(fresh))
        assert [turn.ending for turn in news.turns] == [Ending.RULE]
        assert watchman.alerts(WEB) == ()
    watchman = watching(CPU)
    hold(watchman, WEB, (Measure.CPU, "", 0.95))
    assert not watchman.use(Rules((CPU, MEMORY)))
    assert watchman.alerts(WEB)


def test_a_silence_ends_by_itself() -> None:
    watchman = watching(CPU)
    hold(watchman, WEB, (Measure.CPU, "", 0.95))
    silence = Silence("cpu", WEB, "", until=5000.0)
    assert list(watchman.use(Rules((CPU,), (silence,))).subjects) == [WEB]
    assert [alert.silent_until for alert in watchman.alerts(WEB)] == [5000.0]
    assert not watchman.look(30.0, 4999.0)
    assert list(watchman.look(31.0, 5000.0).subjects) == [WEB]
    assert [alert.silent_until for alert in watchman.alerts(WEB)] == [0.0]


def test_a_server_that_is_managed_no_more_is_forgotten() -> None:
    watchman = watching(CPU)
    hold(watchman, WEB, (Measure.CPU, "", 0.95))
    watchman.forget("h")
    assert watchman.alerts(WEB) == ()


def test_figures_within_their_bounds_leave_nothing_behind() -> None:
    watchman = watching(*USUAL, CPU)
    figures = {(measure, ""): 0.0 for measure in Measure}
    for number in range(1000):
        ref = Ref("h", Kind.DOMAIN, str(number))
        assert not watchman.see([Sample(ref, time.monotonic(), figures)])
    assert not watchman.is_busy
