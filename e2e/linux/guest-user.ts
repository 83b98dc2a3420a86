/** For a guest's script: whoever uses Berth from now on is Anna, who has no rights, what is on the payload's volume in her cache, and nobody else's program. */
export const asAnna = `
mount -t tmpfs -o mode=0700,uid=$(id -u anna),gid=$(id -g anna) home /home/anna
mkdir -p /home/anna/.cache/berth/releases
cached() {
  id=$(grep -o '"id": *"[^"]*"' "$1/release.json" | head -n 1 | cut -d '"' -f 4)
  cp -r "$1" "/home/anna/.cache/berth/releases/$id"
  echo "$id"
}
release=$(cached /run/payload/release)
[ ! -d /run/payload/stage ] || stage=$(cached /run/payload/stage)
chown -R anna: /home/anna
chmod -R go= /home/anna/.cache
as="setpriv --reuid=anna --regid=anna --init-groups env -i HOME=/home/anna PATH=/usr/bin:/bin"`

/** What somebody would answer who is asked: polkit's own way to answer beforehand. */
export const answerYes = `
cat >/etc/polkit-1/rules.d/50-test.rules <<'END'
polkit.addRule(function (action, subject) {
  if (action.id == 'org.freedesktop.policykit.exec' && subject.user == 'anna') return polkit.Result.YES
})
END`
