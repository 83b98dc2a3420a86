# What scripts in the guest may use.
release=/run/payload/release
stage=/run/payload/stage

# systemd has just reset the terminal, without ending the line: what is printed next would be part of it.
echo

# On a busy host udev may take longer to show the ESP than systemd waits for it.
udevadm settle --timeout=300
mountpoint -q /boot/efi || mount /boot/efi

# Whoever uses Berth: nothing for root, else what comes before the program.
as=

# berth NAME ARGUMENT…: runs the program and prints its exit code and its last line of JSON.
berth() {
  name=$1
  shift
  $as /run/payload/berth "$@" --json >/run/answer 2>/run/words
  echo "berth_exit $name $?"
  # This shell's echo would take the backslashes of the JSON for its own.
  printf 'berth_json %s %s\n' "$name" "$(tail -n 1 /run/answer)"
  [ ! -s /run/words ] || sed "s/^/berth_words $name /" /run/words
}

# install: shows a plan and installs exactly that.
install() {
  berth plan plan --release "$release" "$@"
  fingerprint=$(tail -n 1 /run/answer | sed 's/.*"fingerprint":"\([0-9a-f]*\)".*/\1/')
  berth install install --release "$release" "$@" --yes "$fingerprint"
}

# The number of Berth's boot entry, as another tool sees it; nothing when there is none.
own_entry() {
  efibootmgr | sed -n 's/^Boot\([0-9A-F]\{4\}\)[* ] *Berth .*/\1/p'
}

# own_place NAME: whether Berth's entry is there once, and in the boot order.
own_place() {
  own=$(own_entry)
  in_order=no
  [ -z "$own" ] || ! efibootmgr | grep '^BootOrder:' | grep -q "\b$own\b" || in_order=yes
  echo "own_place $1: ${own:-none} $in_order"
}

# The boot order without Berth's entry: as firmware leaves it that was reset, or another system's update.
forget_order() {
  efibootmgr -q -o "$(efibootmgr | sed -n 's/^BootOrder: //p' | tr ',' '\n' | grep -v "^$(own_entry)$" | paste -s -d ,)"
}
