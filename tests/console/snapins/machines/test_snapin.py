"""The table of contents refers only to what is there."""

from console.snapins.machines.snapin import contents


def test_follow_ups_name_actions_that_exist() -> None:
    snapin = contents()
    ids = {action.id for action in snapin.actions}
    assert {follow.action_id for follow in snapin.follow_ups} <= ids


def test_a_shutdown_that_timed_out_is_followed_by_turn_off() -> None:
    follow_ups = [
        follow for follow in contents().follow_ups if follow.message_id == "ShutdownTimedOut"
    ]
    assert "domain.destroy" in {follow.action_id for follow in follow_ups}
