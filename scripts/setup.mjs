/* Makes a fresh machine ready, then does what was asked: `node scripts/setup.mjs TASK`, where TASK is one of those below. Plain
   JavaScript that needs nothing but Node, because it runs before anything is installed. Exit code 5: something is missing. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const exitCode = { usage: 2, missing: 5 }
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const cache = process.env.BERTH_CACHE ?? join(homedir(), '.cache/berth')
const { needs, python, debian } = JSON.parse(readFileSync(join(root, 'scripts/system-packages.json'), 'utf8'))
const searchPath = [process.env.PATH ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter)
const env = { ...process.env, PATH: searchPath }

/** What each task runs, and whose packages it needs. */
const tasks = {
  start: { script: 'scripts/start.ts', needs: 'start' },
  demo: { script: 'scripts/demo.ts', needs: 'start' },
  test: { script: 'scripts/test.ts', needs: 'test' },
  'test-all': { script: 'scripts/test-all.ts', needs: 'test' },
  bench: { script: 'scripts/bench.ts', needs: 'bench' },
  'bench-boot': { script: 'scripts/bench-boot.ts', needs: 'bench' },
  package: { script: 'scripts/package.ts', needs: 'package' },
  screenshots: { script: 'scripts/screenshots.ts', needs: 'test' },
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function stop(line, code = exitCode.missing) {
  say(line)
  process.exit(code)
}

function run(program, args, extra = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...env, ...extra } })
  if (result.error) stop(`${program} could not be started: ${result.error.message}`)
  return result.status ?? 1
}

function answers(program, args) {
  return spawnSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

function hasProgram(name) {
  return searchPath.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 20))
    stop(`Berth needs Node 20.20 or newer; this is ${process.versions.node}.`)
}

/** What a need names is there; or its package is, on a distribution that puts things elsewhere. */
function isThere({ package: name, programs = [], files = [], command }) {
  const found = programs.every(hasProgram) && files.every((file) => existsSync(file))
  if (found && (command === undefined || answers(command[0], command.slice(1)).status === 0)) return true
  const asked = hasProgram('dpkg-query')
    ? answers('dpkg-query', ['-W', '-f=${db:Status-Status}', name])
    : null
  return asked?.stdout === 'installed'
}

function installSystemPackages(task) {
  const missing = needs
    .filter((need) => need.for.includes(task) && !isThere(need))
    .map((need) => need.package)
  if (missing.length === 0) return
  const install = ['install', '-y', '--no-install-recommends', ...missing]
  const line = `apt-get ${install.join(' ')}`
  if (process.getuid?.() !== 0 || !hasProgram('apt-get')) {
    const packages = missing.length === 1 ? '1 more package' : `${missing.length} more packages`
    stop(
      `Berth needs ${packages} on this machine. Install with this line, then start again:\n\n    sudo ${line}\n`,
    )
  }
  say(`Installing ${missing.length} system package(s): ${missing.join(' ')}`)
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3']
  if (run('apt-get', [...patient, '-qq', 'update'], quiet) !== 0)
    say('The package lists could not be refreshed; going on with those that are there.')
  if (run('apt-get', [...patient, '-qq', ...install], quiet) !== 0) stop(`This did not work: ${line}`)
}

/** npm packages follow the lock file: its hash is remembered beside them. */
function installNodePackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = join(root, 'node_modules/.berth-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  say('Installing npm packages …')
  if (run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) stop('npm ci did not work.')
  writeFileSync(stamp, lock)
}

/** Foreign tools in Python that the tests compare Berth with, in a folder of their own. */
function installPythonTools(task) {
  if (!python.for.includes(task)) return
  const folder = join(cache, 'tools/python')
  const stamp = join(folder, '.berth-packages')
  const wanted = python.packages.join(' ')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say(`Installing the test tools ${wanted} …`)
  mkdirSync(folder, { recursive: true })
  if (run('/usr/bin/python3', ['-m', 'venv', '--clear', folder]) !== 0)
    stop('Python could not make a folder for the test tools (Debian package python3-venv).')
  const install = ['install', '--quiet', '--disable-pip-version-check', ...python.packages]
  if (run(join(folder, 'bin/pip'), install) !== 0) stop(`pip could not install ${wanted}.`)
  writeFileSync(stamp, wanted)
}

/** Foreign tools that the machine's own release does not package, unpacked from another one. */
function fetchDebianPackages(task) {
  for (const { suite, package: name, folder, for: wanted } of debian) {
    const target = join(cache, folder)
    if (!wanted.includes(task) || existsSync(target)) continue
    say(`Fetching the test tool ${name} of Debian ${suite} …`)
    if (run('bash', [join(root, 'scripts/test/fetch-debian-package.sh'), suite, name, target]) !== 0)
      stop(`${name} of Debian ${suite} could not be fetched.`)
  }
}

const [name = '', ...rest] = process.argv.slice(2)
const task = tasks[name]
if (!task) stop(`usage: node scripts/setup.mjs ${Object.keys(tasks).join('|')}`, exitCode.usage)
checkNode()
installSystemPackages(task.needs)
installNodePackages()
installPythonTools(task.needs)
fetchDebianPackages(task.needs)
process.exit(run(process.execPath, ['--import', 'tsx', task.script, ...rest]))
