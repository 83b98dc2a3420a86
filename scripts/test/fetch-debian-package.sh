#!/bin/bash
# Unpacks a package of another Debian release than the machine's own: fetch-debian-package.sh SUITE PACKAGE FOLDER.
# It comes through an apt configuration of its own; the system's stays as it is.
set -euo pipefail
usage='usage: fetch-debian-package.sh SUITE PACKAGE FOLDER'
suite=${1:?$usage} package=${2:?$usage} folder=${3:?$usage}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists,cache/archives}/partial
for keyring in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do [ -e "$keyring" ] && break; done
echo "deb [arch=amd64 signed-by=$keyring] http://deb.debian.org/debian $suite main" >"$work/sources.list"
private=(-qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root
  -o APT::Architecture=amd64 -o Acquire::Languages=none)
apt-get "${private[@]}" update
(cd "$work" && apt-get "${private[@]}" download "$package")
rm -rf "$folder.new"
mkdir -p "$(dirname "$folder")"
dpkg-deb -x "$work/$package"_*.deb "$folder.new"
rm -rf "$folder"
mv "$folder.new" "$folder"
