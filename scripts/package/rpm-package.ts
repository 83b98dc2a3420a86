import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PackingOptions } from './package-options.ts'
import { identity, rpmNeeds } from './identity.ts'
import { dayOf } from './source-date.ts'

const names = { x64: 'x86_64', arm64: 'aarch64' } as const

/** Writes the .rpm of a staged folder into `out`; gives its path. `quick`: packs for speed and not for size. */
export function rpmPackage(
  staged: string,
  out: string,
  { architecture, date, quick }: PackingOptions,
): string {
  const top = mkdtempSync(join(tmpdir(), 'berth-rpm-'))
  try {
    mkdirSync(join(top, 'home'))
    const spec = join(top, 'berth.spec')
    writeFileSync(spec, specFile(staged, date, quick))
    execFileSync('rpmbuild', ['-bb', '--quiet', '--target', `${names[architecture]}-linux`, spec], {
      // Whose settings are in the builder's home is nobody's business.
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: join(top, 'home'),
        SOURCE_DATE_EPOCH: String(date),
        LC_ALL: 'C',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [made = ''] = readdirSync(join(top, 'home/rpmbuild/RPMS', names[architecture]))
    copyFileSync(join(top, 'home/rpmbuild/RPMS', names[architecture], made), join(out, made))
    return join(out, made)
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
}

function specFile(staged: string, date: number, quick: boolean): string {
  return `%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _buildhost berth
%global source_date_epoch_from_changelog 0
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global _binary_payload ${quick ? 'w1.zstdio' : 'w19.zstdio'}
AutoReqProv: no
Name: ${identity.package}
Version: ${identity.version}
Release: 1
Summary: ${identity.summary}
License: ${identity.licence}
${rpmNeeds.requires.map((name) => `Requires: ${name}`).join('\n')}
${rpmNeeds.recommends.map((name) => `Recommends: ${name}`).join('\n')}

%description
${identity.description}

%install
cp -a "${staged}/." %{buildroot}/

%files
%defattr(-,root,root,-)
/opt/berth
/usr/bin/berth
/usr/bin/berth-window
/usr/lib/berth
/usr/share/*

%changelog
* ${changelogDay(date)} ${identity.maintainer} - ${identity.version}-1
- See the project's own history.
`
}

/** `Sat Nov 21 2026`, as rpm wants it. */
function changelogDay(date: number): string {
  const [weekday = '', day = '', month = '', year = ''] = new Date(date * 1000)
    .toUTCString()
    .replace(',', '')
    .split(' ')
  if (dayOf(date).slice(0, 4) !== year) throw new Error('the calendar is not as expected')
  return `${weekday} ${month} ${day} ${year}`
}
