from backend.interruptions import SerialInUse


def test_who_is_interrupted_learns_by_whom_it_is_said() -> None:
    error = SerialInUse(name="web-01", detail=("held by process 7",))
    assert error.problem.message_id == "SerialInUse"
    assert error.problem["name"] == "web-01"
    assert error.problem.detail == ("held by process 7",)
