#!/bin/bash
# Puts ukify, a Python script that older Debian and Ubuntu do not package, into FOLDER: fetch-ukify.sh FOLDER.
# It comes from Debian's archive through an apt configuration of its own; the system's stays as it is.
set -euo pipefail
folder=${1:?usage: fetch-ukify.sh FOLDER}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists,cache/archives}/partial
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keyring] http://deb.debian.org/debian trixie main" >"$work/sources.list"
private=(-qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root
  -o Acquire::Languages=none)
apt-get "${private[@]}" update
(cd "$work" && apt-get "${private[@]}" download systemd-ukify)
mkdir -p "$folder"
dpkg-deb -x "$work"/systemd-ukify_*.deb "$folder"
