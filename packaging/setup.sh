# shellcheck shell=bash
# What the commands beside it share: sourced by each, it makes this machine able to run
# Celadon and does nothing where nothing is to do. Order: system packages, the user that QEMU runs
# under (root only), the Python environment, the sample guest. What a step prints goes to $log.

set -euo pipefail
unset PYTHONHOME PYTHONPATH # somebody else's modules have no place in our environment

root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
venv=$root/.venv
cache=${XDG_CACHE_HOME:-~/.cache}/celadon
log=$cache/setup.log
python=/usr/bin/python3 # the system's: its libvirt is the one we bind to

# "a|b" is the first of them that this release has: Debian 13 made packages of their own of libvirt's
# drivers and of QEMU's modules. None of these may bring a system-wide libvirt with it; so
# libvirt-daemon-system and its kin stay out, and so does everything that is only recommended.
run_packages=(
  # Python, and what builds libvirt's binding against this machine's own libvirt
  python3 python3-venv python3-dev gcc libc6-dev 'pkgconf|pkg-config' libvirt-dev ca-certificates
  # libvirt's daemon, which the console starts for itself, with the drivers it uses; virsh
  libvirt-daemon 'libvirt-daemon-driver-qemu|libvirt-daemon' 'libvirt-daemon-driver-network|libvirt-daemon'
  'libvirt-daemon-driver-storage|libvirt-daemon' 'libvirt-daemon-driver-nodedev|libvirt-daemon'
  'libvirt-daemon-driver-secret|libvirt-daemon' 'libvirt-daemon-driver-interface|libvirt-daemon'
  'libvirt-daemon-driver-nwfilter|libvirt-daemon' libvirt-clients
  # QEMU, its D-Bus display, disk images, UEFI
  qemu-system-x86 'qemu-system-modules-opengl|qemu-system-x86' qemu-utils ovmf
  # SPICE and QXL, which machines of other consoles have
  'qemu-system-modules-spice|qemu-system-x86'
  # a TPM that is emulated; folders that guests share (in Debian 12 QEMU's own)
  swtpm swtpm-tools 'virtiofsd|qemu-system-common'
  # virtual switches (root only): addresses, names, NAT
  dnsmasq-base iptables iproute2
  # which operating system a DVD image installs
  osinfo-db
  # what scripts of changed settings are run with, beside virsh
  patch
  # other hosts: by SSH, and by a name and password (SASL)
  openssh-client libsasl2-modules
  # what Qt's own libraries link to, on X11 and Wayland, and a font
  libegl1 libgl1 libfontconfig1 libdbus-1-3 'libglib2.0-0t64|libglib2.0-0' libxkbcommon0 libxkbcommon-x11-0
  libx11-6 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1
  libwayland-client0 libwayland-cursor0 libwayland-egl1 fonts-dejavu-core
)
# Another computer that the tour (and the tests) make of this one, to connect to it by SSH.
tour_packages=(openssh-server)
# Debian's installer, which the tour starts from the wizard; Ubuntu has no package of one.
! grep -qx 'ID=debian' /etc/os-release ||
  tour_packages+=('debian-installer-12-netboot-amd64|debian-installer-13-netboot-amd64')
# A display of its own with a window manager, a hand on it, the buses by which a keyring and a screen reader
# are reached, and a look at these scripts; and what other hosts and desktops have: SASL's users,
# certificates, a secret service.
test_packages=(
  xvfb openbox xdotool procps cpio dbus-daemon at-spi2-core shellcheck
  sasl2-bin openssl gnome-keyring
)
# What the program is measured beside: virt-manager, and two viewers of VNC; and an assembler for the guest.
bench_packages=(
  virt-manager tigervnc-viewer python3-gi gir1.2-gtk-3.0 gir1.2-gtk-vnc-2.0 binutils
)

# These want to be started at boot (Debian 13's libvirt-daemon, sshd and saslauthd everywhere), which is
# the administrator's decision: what we bring in runs for us alone.
libvirt_units=(
  libvirtd.service libvirtd.socket libvirtd-ro.socket libvirtd-admin.socket
  virtlogd.service virtlogd.socket virtlogd-admin.socket libvirt-guests.service
)
ssh_units=(ssh.service ssh.socket sshd.service)
sasl_units=(saslauthd.service)
# What invoke-rc.d asks, by which packages start their services where no systemd runs.
policy=/usr/sbin/policy-rc.d

say() { printf '%s\n' "$@" >&2; }

fail() {
  say "$@"
  exit 1
}

# step DOING DONE ADVICE COMMAND...: one line at the start, one at the end; COMMAND's output goes to
# the log. If it fails, its last lines and ADVICE are shown. A function must chain its commands by &&.
step() {
  local doing=$1 done=$2 advice=$3 since=$SECONDS
  shift 3
  say "$doing ..."
  printf '\n== %s\n' "$doing" >>"$log"
  "$@" >>"$log" 2>&1 ||
    fail "That failed. The last lines of $log:" "$(tail -n 12 "$log" | sed 's/^/  | /')" "$advice"
  say "$done in $((SECONDS - since)) s."
}

set_up() { # run|tour|test|bench
  { mkdir -p "$cache" && : >>"$cache/setup.lock" && : >>"$log"; } 2>/dev/null ||
    fail "Celadon keeps its log and what it builds in $cache, and you cannot write there (was it made with" \
      "sudo?). Make it yours: sudo chown -R \"\$USER\": '$cache', or set XDG_CACHE_HOME to another directory."
  local lock
  exec {lock}>"$cache/setup.lock"
  flock --nonblock "$lock" || {
    say "Another set-up of Celadon is under way; waiting for it to end ..."
    flock "$lock"
  }
  : >"$log"
  set_up_system "$1"
  set_up_environment
  set_up_sample_guest
  exec {lock}>&-
}

# ---- System packages

# The stamp holds until this file or anything that dpkg has installed changes.
set_up_system() { # run|tour|test|bench
  local stamp=$cache/system.$1 key packages=("${run_packages[@]}")
  key="$(sha256sum <"$root/packaging/setup.sh") $EUID"
  [ "$stamp" -nt /var/lib/dpkg/status ] && [ "$(cat "$stamp")" = "$key" ] && return
  command -v dpkg-query apt-get >/dev/null ||
    fail "This set-up knows Debian and Ubuntu, and finds neither here." \
      "Elsewhere, install what packaging/setup.sh names, and see README.md."
  [ "$1" = run ] || packages+=("${tour_packages[@]}")
  case $1 in test | bench) packages+=("${test_packages[@]}") ;; esac
  [ "$1" != bench ] || packages+=("${bench_packages[@]}")
  find_missing "${packages[@]}"
  [ -z "${missing[*]}${unknown[*]}" ] || install_missing "${packages[@]}"
  [ ! -e "$cache/quieten" ] || quieten
  [ "$EUID" != 0 ] || make_user
  printf '%s\n' "$key" >"$stamp"
}

# Sets missing (what to install) and unknown (what no package list names).
find_missing() { # NAME[|NAME...]...
  local state name wish line candidate all=()
  local -A installed=() offered=()
  missing=() unknown=()
  for wish; do all+=("${wish%%|*}" "${wish##*|}"); done
  while read -r state name; do
    [ "$state" != installed ] || installed[$name]=1
  done < <(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${all[@]}" 2>/dev/null)
  for wish; do [ "${installed[${wish%%|*}]:-}" ] || unknown+=("$wish"); done
  [ ${#unknown[@]} != 0 ] || return 0
  unknown=()
  while read -r line candidate _; do
    case $line in
      Candidate:) [ "$candidate" = '(none)' ] || offered[$name]=1 ;;
      *:) [ -n "$candidate" ] || name=${line%:} ;;
    esac
  done < <(LC_ALL=C apt-cache policy "${all[@]}" 2>/dev/null)
  for wish; do
    for name in ${wish//|/ }; do
      [ -z "${installed[$name]:-}" ] || continue 2
      [ -z "${offered[$name]:-}" ] || { missing+=("$name") && installed[$name]=1 && continue 2; }
    done
    unknown+=("$wish")
  done
}

as_root() {
  if [ "$EUID" = 0 ]; then "$@"; else sudo -- "$@"; fi
}

apt() { # COMMAND...: without questions; with this user's proxies, which sudo would drop
  local keep=(DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1) name
  for name in http_proxy https_proxy no_proxy; do
    [ -z "${!name:-}" ] || keep+=("$name=${!name}")
  done
  as_root env "${keep[@]}" apt-get --yes --no-install-recommends --no-remove \
    --option DPkg::Lock::Timeout=300 --option Dpkg::Use-Pty=0 "$@" </dev/null
}

install_missing() { # NAME[|NAME...]...
  local command='apt-get install --no-install-recommends'
  if [ "$EUID" != 0 ]; then
    command -v sudo >/dev/null ||
      fail "System packages are missing, and you are not root. Ask an administrator for this, then start again:" \
        "  $command ${missing[*]} ${unknown[*]%%|*}"
    say "System packages are missing here; sudo installs them, and may ask for your password."
    command="sudo $command"
  fi
  # A list that cannot be fetched is no failure yet: what we need may be known all the same.
  local lists=current
  step "Reading the package lists" "Done" "" fetch_lists
  find_missing "$@"
  if [ ${#unknown[@]} != 0 ] && [ "$lists" = old ]; then
    fail "The package mirror did not answer. The last lines of $log:" "$(tail -n 5 "$log" | sed 's/^/  | /')" \
      "See to the network, and to the mirrors that /etc/apt names, then start again."
  elif [ ${#unknown[@]} != 0 ]; then
    fail "$(. /etc/os-release && printf %s "$PRETTY_NAME") offers no package named ${unknown[*]//|/ or }." \
      "Celadon is tried on Debian 12 and 13 and written for Ubuntu 24.04; elsewhere, see packaging/setup.sh" \
      "for what it needs and why. A mirror that lacks a part of the release (main, universe) does this, too."
  fi
  [ ${#missing[@]} != 0 ] || return 0
  has_program libvirtd || printf '%s\n' "${libvirt_units[@]}" >>"$cache/quieten"
  has_program sshd || ! wants openssh-server || printf '%s\n' "${ssh_units[@]}" >>"$cache/quieten"
  has_program saslauthd || ! wants sasl2-bin || printf '%s\n' "${sasl_units[@]}" >>"$cache/quieten"
  step "Installing ${#missing[@]} system packages and what they need (a minute or two)" "System packages installed" \
    $'If a mirror or the network did not answer, start again. By hand it is:\n  '"$command ${missing[*]}" \
    install_packages
}

has_program() { [ -e "$(command -v "$1" || printf '/usr/sbin/%s' "$1")" ]; } # NAME

wants() { [[ " ${missing[*]} " = *" $1 "* ]]; } # PACKAGE

fetch_lists() { apt update --error-on=any || lists=old; }

install_packages() {
  hold_units mask && apt install "${missing[@]}"
}

# hold_units mask|unmask: until the next boot at most, so that an interruption leaves no trace
hold_units() {
  local units
  [ -e "$cache/quieten" ] || return 0
  mapfile -t units <"$cache/quieten"
  if [ -d /run/systemd/system ]; then
    as_root systemctl "$1" --runtime "${units[@]}"
  elif [ "$1" = mask ] && [ ! -e "$policy" ]; then
    printf '#!/bin/sh\n# Celadon is setting itself up\nexit 101\n' | as_root tee "$policy" >/dev/null &&
      as_root chmod 755 "$policy"
  elif [ "$1" = unmask ] && grep -qs 'Celadon is setting itself up' "$policy"; then
    as_root rm -f "$policy"
  fi
}

# What we brought in only for our own use must not run for the whole machine.
quieten() {
  local unit enabled=()
  while read -r unit; do
    [ -z "$(find /etc/systemd/system -path "*.wants/$unit" 2>/dev/null)" ] || enabled+=("$unit")
  done <"$cache/quieten"
  hold_units unmask >>"$log" 2>&1 || true
  if [ ${#enabled[@]} != 0 ]; then
    switch_off "${enabled[@]}" >>"$log" 2>&1 ||
      fail "System-wide services could not be switched off: the end of $log says why." \
        "By hand: systemctl disable ${enabled[*]}"
    say "These stay off for the whole computer, as Celadon starts its own: ${enabled[*]}. Should you want one:" \
      "  systemctl enable --now NAME"
  fi
  rm -f "$cache/quieten"
}

switch_off() { # UNIT...
  local unit
  if has_program systemctl; then
    as_root systemctl disable "$@"
    return
  fi
  # In a container without systemd packages make these links all the same, for a day when it is there.
  for unit; do as_root find /etc/systemd/system -path "*.wants/$unit" -delete || return; done
}

# A console that runs as root drops its guests to this user.
make_user() {
  getent passwd celadon >/dev/null ||
    useradd --system --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin celadon >>"$log" 2>&1 ||
    fail "The system user celadon, under which QEMU runs, could not be made: the end of $log says why."
  ! getent group kvm >/dev/null || usermod --append --groups kvm celadon >>"$log" 2>&1 ||
    fail "The system user celadon could not join the group kvm: the end of $log says why."
}

# ---- Python

# The stamps are written last: an environment that was interrupted has none and is made anew.
set_up_environment() {
  local key advice
  key="$(cat "$root/packaging/build.lock" "$root/packaging/requirements.lock" | sha256sum) $(readlink -f "$python") $root"
  advice="If the package index did not answer, see to the network (PIP_INDEX_URL and proxies are respected) and start again."
  if [ "$(cat "$venv/environment.stamp" 2>/dev/null)" != "$key" ]; then
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
      fail "Celadon needs Python 3.11 or newer; $python here is $("$python" --version)." \
        "Use Debian 12 or newer, or Ubuntu 24.04 or newer."
    step "Making the Python environment (about a minute)" "Python environment made" "$advice" make_environment
    printf '%s\n' "$key" >"$venv/environment.stamp"
  fi
  key=$(sha256sum <"$root/pyproject.toml")
  if [ "$(cat "$venv/project.stamp" 2>/dev/null)" != "$key" ]; then
    step "Installing Celadon into it" "Installed" "The lines above say why; the network has no part in it." \
      pip_install --no-index --no-deps --no-build-isolation --editable "$root"
    printf '%s\n' "$key" >"$venv/project.stamp"
  fi
}

# The build tools go first: libvirt's binding is built with them, from locked sources by locked tools.
# PySide carries its Python part as text within a library and compiles that at each start, unless it is
# told once to lay it down beside itself (SBK_EMBED), where its bytecode stays: 10 ms of each start.
make_environment() {
  rm -rf "$venv" && "$python" -m venv "$venv" &&
    pip_install --require-hashes --requirement "$root/packaging/build.lock" &&
    pip_install --require-hashes --no-build-isolation --requirement "$root/packaging/requirements.lock" &&
    SBK_EMBED=0 "$venv/bin/python" -P -c 'import PySide6.QtCore'
}

pip_install() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input install "$@"; }

# ---- The sample guest

set_up_sample_guest() { # it sees for itself whether anything is to do
  "$venv/bin/python" "$root/packaging/guest/build.py" ||
    fail "The sample guest could not be built; the lines above say why. Start again when that is mended."
}
