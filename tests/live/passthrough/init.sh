#!/bin/busybox sh
b=/bin/busybox
$b mount -t proc p /proc
$b mount -t sysfs s /sys
$b mount -t devtmpfs d /dev
for module in virtio_pci 9pnet_virtio 9p overlay; do $b modprobe $module; done
$b mount -t 9p -o trans=virtio,version=9p2000.L,msize=524288,cache=loose,ro host /low
$b mount -t tmpfs t /up
$b mkdir /up/u /up/w
$b mount -t overlay -o lowerdir=/low,upperdir=/up/u,workdir=/up/w o /new
for place in proc sys dev; do $b mount --move /$place /new/$place; done
exec $b switch_root /new /bin/bash PLACE/inside.sh PLACE
