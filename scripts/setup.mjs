/* Makes a fresh machine ready, then does what was asked: `node scripts/setup.mjs start|demo|test`. Plain JavaScript
   that needs nothing but Node, because it runs before anything is installed. Exit code 5: something is missing. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const missingExitCode = 5
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const { needs, python } = JSON.parse(readFileSync(join(root, 'scripts/system-packages.json'), 'utf8'))
const searchPath = [process.env.PATH ?? '', '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter)
const env = { ...process.env, PATH: searchPath }

function say(line) {
  process.stderr.write(`${line}\n`)
}

function stop(line) {
  say(line)
  process.exit(missingExitCode)
}

function run(program, args, extra = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...env, ...extra } })
  if (result.error) stop(`${program} could not be started: ${result.error.message}`)
  return result.status ?? 1
}

function findProgram(name) {
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

function present(need) {
  return (need.programs ?? []).every(findProgram) && (need.files ?? []).every((file) => existsSync(file))
}

function installSystemPackages(task) {
  const missing = needs
    .filter((need) => need.for.includes(task) && !present(need))
    .map((need) => need.package)
  if (missing.length === 0) return
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) {
    stop(
      `Berth needs ${missing.length} more package(s) on this machine. Install them and start again:\n\n    sudo ${line}\n`,
    )
  }
  say(`Installing ${missing.length} system package(s): ${missing.join(' ')}`)
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  if (run('apt-get', ['update', '-qq'], quiet) !== 0)
    say('The package lists could not be refreshed; going on with those that are there.')
  if (run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet) !== 0)
    stop(`This did not work: ${line}`)
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

/** Foreign tools from PyPI that the tests compare Berth with, in a folder of their own. */
function installPythonTools(task) {
  if (!python.for.includes(task)) return
  const folder = join(process.env.BERTH_CACHE ?? join(homedir(), '.cache/berth'), 'tools/python')
  const stamp = join(folder, '.berth-packages')
  const wanted = python.packages.join(' ')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say(`Installing the test tools ${wanted} …`)
  mkdirSync(folder, { recursive: true })
  if (run('/usr/bin/python3', ['-m', 'venv', folder]) !== 0)
    stop('Python could not make a folder for the test tools (python3-venv).')
  if (
    run(join(folder, 'bin/pip'), [
      'install',
      '--quiet',
      '--disable-pip-version-check',
      ...python.packages,
    ]) !== 0
  )
    stop(`pip could not install ${wanted}.`)
  writeFileSync(stamp, wanted)
}

const tasks = {
  start: ['scripts/start.ts'],
  demo: ['scripts/start.ts'],
  test: ['scripts/test.ts'],
  'test-all': ['scripts/test-all.ts'],
}
const [task = '', ...rest] = process.argv.slice(2)
const script = tasks[task]
if (!script) stop(`usage: node scripts/setup.mjs ${Object.keys(tasks).join('|')}`)
checkNode()
installSystemPackages(task)
installNodePackages()
installPythonTools(task)
process.exit(run(process.execPath, ['--import', 'tsx', ...script, ...rest]))
