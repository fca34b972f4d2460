# The first process of the emulated computer, once its files are there. $1: what was made for it.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C
exec >/dev/ttyS0 2>&1 </dev/null
mkdir -p /dev/pts /dev/shm /lib/modules /run
mount -t devpts d /dev/pts
for place in /dev/shm /run /tmp /etc/libvirt /var/lib/libvirt; do
	mkdir -p $place
	mount -t tmpfs t $place
done
modules=$1/kernel/lib/modules
mount -t tmpfs t /mnt && cp $1/key.pub $1/hostkey $1/busybox /mnt
mount --bind $modules /lib/modules
for applet in modprobe insmod rmmod; do ln -sf /mnt/busybox /usr/sbin/$applet; done
for module in virtio_net tun e1000e xhci-pci usb-storage sd_mod vfio-pci vfio_iommu_type1 kvm-amd; do
	modprobe $module || echo "no $module"
done
ip link set lo up
for card in /sys/class/net/*; do
	case $(readlink $card/device/driver) in
	*virtio_net) ip link set ${card##*/} up && ip addr add 10.0.2.15/24 dev ${card##*/} ;;
	esac
done
mkdir -p /root/.ssh /run/sshd
cp /mnt/key.pub /root/.ssh/authorized_keys
chmod 600 /mnt/hostkey /root/.ssh/authorized_keys
/usr/sbin/sshd -h /mnt/hostkey -o StrictModes=no -o UsePAM=no -o PermitRootLogin=yes
# libvirt looks for users that its own packages make, and for what udev knows of USB devices.
echo libvirt-qemu:x:0:0::/:/bin/false >>/etc/passwd
echo libvirt-qemu:x:0: >>/etc/group
grep -q ^kvm: /etc/group || echo kvm:x:0: >>/etc/group
mkdir -p /run/udev/data
: >/run/udev/control
for device in /sys/bus/usb/devices/*-*; do
	[ -e $device/idVendor ] || continue
	printf 'E:ID_VENDOR_ID=%s\nE:ID_MODEL_ID=%s\n' $(cat $device/idVendor $device/idProduct) >/run/udev/data/c$(cat $device/dev)
done
printf '%s\n' 'security_driver="none"' 'stdio_handler="file"' 'user="root"' 'group="root"' \
	'cgroup_controllers=[]' 'namespaces=[]' >/etc/libvirt/qemu.conf
printf '%s\n' 'auth_unix_rw="none"' 'auth_unix_ro="none"' 'log_outputs="3:file:/run/libvirtd.log"' >/etc/libvirt/libvirtd.conf
/usr/sbin/libvirtd -d
virsh -c qemu:///system define $1/guest.xml && virsh -c qemu:///system start guest
echo GUEST STARTED
while :; do sleep 1000; done
