import { writeFileSync } from 'node:fs'
import { takeLock } from '../../installer-core/adapters/disk-image/lock-file.ts'

/* Run under wine: takes the lock that is the first argument, says so in the file that is the second, and waits. */
const [lock = '', answer = ''] = process.argv.slice(2)
writeFileSync(answer, JSON.stringify(takeLock(lock).ok))
setTimeout(() => undefined, 600_000)
