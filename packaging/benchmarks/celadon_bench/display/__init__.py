"""What the display is measured with: a guest that scrolls, servers in this process, three viewers.

`guest` is a boot sector under QEMU, `stage` a VNC server that plays pictures made by `pictures`
and `encoders`, `tap` stands between a viewer and QEMU and counts by `meter`. `viewers` starts the
programs that are measured: `window` (ours), `gtk_vnc` and TigerVNC's. All of them run as programs
of their own in windows of one Xvfb, and are given the same bytes.
"""
