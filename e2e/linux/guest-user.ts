/** For a guest's script: whoever uses Berth from now on is Anna, who has no rights, the release in her cache, and nobody else's program. */
export const asAnna = `
mount -t tmpfs -o mode=0700,uid=$(id -u anna),gid=$(id -g anna) home /home/anna
release=$(grep -o '"id": *"[^"]*"' /run/payload/release/release.json | head -n 1 | cut -d '"' -f 4)
mkdir -p /home/anna/.cache/berth/releases
cp -r /run/payload/release "/home/anna/.cache/berth/releases/$release"
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
