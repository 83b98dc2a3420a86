import type { Command } from 'commander'
import { fail, ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { exitCode } from '../exit-codes.ts'
import { jsonSchema, schemas } from '../schemas.ts'

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of a document that Berth reads or writes')
    .argument('[name]', `one of: ${Object.keys(schemas).join(', ')}`)
    .option('--json', 'accepted for uniformity; a schema is always JSON')
    .action((name: string | undefined) =>
      act({}, async (console) => {
        if (name === undefined) {
          for (const known of Object.keys(schemas)) console.line(known)
          return ok(exitCode.done)
        }
        const schema = jsonSchema(name)
        if (schema === null) return fail('usage', { what: name, required: Object.keys(schemas).join(', ') })
        console.line(JSON.stringify(schema, null, 2))
        return ok(exitCode.done)
      }),
    )
}
