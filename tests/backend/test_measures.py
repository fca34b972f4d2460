from backend.measures import BY_ID, Measure, Of


def test_each_measure_is_declared_once() -> None:
    assert len(BY_ID) == len(list(Measure))
    assert BY_ID["cpu"] is Measure.CPU


def test_what_stands_in_files_says_what_it_is_of() -> None:
    assert all(measure.id.replace("_", "").isalpha() for measure in Measure)
    of_hosts = {m for m in Measure if m.id.startswith(("host_", "node_", "pressure_"))}
    assert of_hosts == {m for m in Measure if m.of in (Of.HOST, Of.NODE, Of.HOST_FILESYSTEM)}
