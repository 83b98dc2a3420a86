/* npm run package [-- --dir | --release] [--windows | --arm64] [--quick]: the program with its window.
   Without a switch: the unpacked folder and, for Linux, .deb, .rpm, .tar.gz, bill of materials and SHA256SUMS in
   dist/packages, around the Electron that lies here (the tests'). `--dir`: the unpacked folder alone. `--release`: around
   the pinned Electron, and with the AppImage or the installer, whose makers must be reachable. */
import { join } from 'node:path'
import { root } from './build/bundle.ts'
import { packageWindow } from './electron/package-window.ts'
import { linuxPackages } from './package/linux-packages.ts'
import { sourceDate } from './package/source-date.ts'

const asked = (name: string) => process.argv.includes(`--${name}`)
const platform = asked('windows') ? 'windows' : 'linux'
const architecture = asked('arm64') ? 'arm64' : 'x64'
const window = await packageWindow(platform, !asked('release'), architecture)
process.stdout.write(`${window.folder}\n`)
if (platform === 'linux' && !asked('dir')) {
  const files = linuxPackages(join(root, 'dist/packages'), {
    unpacked: window.folder,
    electronVersion: window.electronVersion,
    architecture,
    date: sourceDate(),
    quick: asked('quick'),
  })
  process.stdout.write(`${files.join('\n')}\n`)
}
