#!/bin/sh
# Makes small.tar, an archive with a container image, out of the programs of the system that it runs in: no network is
# needed. What distrobox looks for and the desktop has not is a link to `true`; nothing in the test uses it.
set -eu
tree=$(mktemp -d)
mkdir -p "$tree/usr/bin" "$tree/usr/lib" "$tree/usr/lib64" "$tree/etc/pam.d" "$tree/etc/sudoers.d" "$tree/tmp" "$tree/run" \
  "$tree/var/lib" "$tree/var/log" "$tree/var/cache" "$tree/home" "$tree/root" "$tree/dev" "$tree/proc" "$tree/sys" \
  "$tree/mnt" "$tree/media" "$tree/opt" "$tree/srv" "$tree/boot" "$tree/usr/share/zoneinfo/Etc" "$tree/usr/local/bin"
for name in bin sbin lib lib64; do ln -s "usr/${name#s}" "$tree/$name"; done
ln -s bin "$tree/usr/sbin"

with_libraries() {
  cp -L "$1" "$tree/usr/bin/"
  ldd "$1" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do
    mkdir -p "$tree/usr/${library%/*}"
    [ -e "$tree/usr$library" ] || cp -L "$library" "$tree/usr$library" 2>/dev/null || cp -L "$library" "$tree$library"
  done
}
for name in bash sh busybox cat chgrp chmod chown cp cut date dirname basename env expr false find getent grep groups head hostname id \
  ln ls mkdir mktemp mount mv passwd printf ps pwd readlink realpath rm sed sleep sort stat sudo tail tee test touch tr \
  true umount uname uniq useradd usermod groupadd groupmod userdel chpasswd wc xargs diff less findmnt unshare awk; do
  for folder in /usr/bin /usr/sbin; do
    [ ! -x "$folder/$name" ] || with_libraries "$folder/$name"
  done
done
for name in bc bzip2 curl gpg lsof man pigz pinentry ping rsync script ssh time tree unzip wget xauth zip apt-get dpkg; do
  [ -e "$tree/usr/bin/$name" ] || ln -s true "$tree/usr/bin/$name"
done
cp -L /usr/lib/x86_64-linux-gnu/libnss_files.so* "$tree/usr/lib/x86_64-linux-gnu/" 2>/dev/null || true
printf 'root:x:0:0:root:/root:/bin/bash\n' >"$tree/etc/passwd"
printf 'root:x:0:\nsudo:x:27:\n' >"$tree/etc/group"
printf 'root:*:20000:0:99999:7:::\n' >"$tree/etc/shadow"
: >"$tree/etc/gshadow"
printf 'passwd: files\ngroup: files\nshadow: files\n' >"$tree/etc/nsswitch.conf"
printf 'PRETTY_NAME="Small system"\nID=small\nVERSION_ID=1\n' >"$tree/etc/os-release"
ln -s /usr/share/zoneinfo/Etc/UTC "$tree/etc/localtime"
cp -L /usr/share/zoneinfo/Etc/UTC "$tree/usr/share/zoneinfo/Etc/UTC"
for name in sudo other common-auth common-account common-password common-session; do
  printf 'auth sufficient pam_permit.so\naccount sufficient pam_permit.so\nsession sufficient pam_permit.so\n' >"$tree/etc/pam.d/$name"
done
printf 'root ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n' >"$tree/etc/sudoers"
tar -C "$tree" -cf rootfs.tar .
rm -rf "$tree"
podman import --quiet rootfs.tar localhost/small:1 >&2
rm -f rootfs.tar
podman save --quiet --output small.tar localhost/small:1
podman rmi localhost/small:1 >&2
ls -l small.tar
