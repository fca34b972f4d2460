from backend.xmldesc import graphics
from backend.xmldesc.graphics import Graphics


def test_each_way_that_a_screen_can_be_had() -> None:
    text = """<domain><devices>
      <graphics type='spice' autoport='yes'/>
      <graphics type='vnc' port='5901' passwd='secret' listen='0.0.0.0'>
        <listen type='address' address='10.0.0.5'/>
      </graphics>
      <graphics type='vnc' port='-1' socket='/run/a.sock'/>
      <graphics type='vnc'><listen type='socket' socket='/run/b.sock'/></graphics>
      <graphics type='dbus' p2p='yes'/>
      <graphics type='dbus'/>
    </devices></domain>"""
    assert graphics.parse(text) == (
        Graphics(0, "spice"),
        Graphics(1, "vnc", 5901, "10.0.0.5", password="secret"),  # noqa: S106
        Graphics(2, "vnc", socket="/run/a.sock"),
        Graphics(3, "vnc", socket="/run/b.sock"),
        Graphics(4, "dbus", is_peer_to_peer=True),
        Graphics(5, "dbus"),
    )


def test_no_password_is_in_what_a_log_would_show() -> None:
    assert "secret" not in repr(Graphics(0, "vnc", password="secret"))  # noqa: S106
