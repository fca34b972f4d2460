# What the guest's scripts share. Sourced, never run.

# say <EVENT...>: one line to the port that programs read, and to the display's list of events.
# The fifo is opened for both directions, so that this never waits for a reader.
say() {
	local up rest
	read -r up rest </proc/uptime
	printf '%s %s\n' "$up" "$*" 1<>/run/say
}

# has_uart <ttySn>: is there such a serial port? (The kernel makes the four names in any case.)
has_uart() {
	local type=0
	read -r type <"/sys/class/tty/$1/type"
	[ "$type" != 0 ]
} 2>/dev/null

# total_memory: sets $memory to what the kernel has, in KiB
total_memory() {
	local key rest
	read -r key memory rest </proc/meminfo
}
