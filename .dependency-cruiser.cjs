/* A folder may import only from folders above it in this list (installer-core/README.md). */
const layers = [
  ['base'],
  ['model'],
  ['formats'],
  ['text'],
  ['ports'],
  ['probe'],
  ['check'],
  ['plan'],
  ['steps', 'adapters'],
  ['execute'],
  ['verify'],
  ['report'],
  ['practice', 'system', 'stage'],
  ['installer.ts'],
  ['api'],
  ['transport'],
  ['helper'],
  ['engine'],
  ['bin'],
]
const any = (names) => `^installer-core/(${names.join('|').replaceAll('.', '\\.')})(/|$)`

const order = layers.flatMap((names, index) =>
  names.map((name) => ({
    name: `${name}-only-imports-from-above`,
    severity: 'error',
    from: { path: any([name]), pathNot: '(\\.test\\.ts$|/testing/)' },
    to: { path: any([...layers.slice(index + 1).flat(), ...names.filter((other) => other !== name)]) },
  })),
)

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...order,
    {
      name: 'only-adapters-and-bin-see-node',
      severity: 'error',
      from: {
        path: any([
          'base',
          'model',
          'formats',
          'text',
          'ports',
          'probe',
          'check',
          'plan',
          'steps',
          'execute',
          'verify',
          'report',
          'installer.ts',
        ]),
        pathNot: '(\\.test\\.ts$|/testing/)',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-place-starts-programs',
      severity: 'error',
      from: { path: '^installer-core/', pathNot: '(adapters/run-command\\.ts|\\.test\\.ts$|/testing/)' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'the-core-knows-no-window',
      severity: 'error',
      from: { path: '^installer-core/' },
      to: { path: '(^(electron|renderer)/|node_modules/(electron|react)/)' },
    },
    {
      name: 'the-page-sees-only-the-pure-core-and-the-contract',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '(\\.test\\.tsx?$|/testing/|vite\\.config\\.ts$)' },
      to: {
        path: '^(installer-core|electron|scripts|e2e)/',
        pathNot: any(['base', 'model', 'text', 'check', 'plan', 'api']),
      },
    },
    {
      name: 'the-page-runs-without-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '(\\.test\\.tsx?$|/testing/|vite\\.config\\.ts$)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-store-knows-no-components',
      severity: 'error',
      from: { path: '^renderer/(store|i18n|shell)/', pathNot: '\\.test\\.ts$|/use-words\\.ts$' },
      to: { path: '(^renderer/(pages|components|stories)/|^renderer/app|node_modules/react-aria)' },
    },
    {
      name: 'components-know-no-pages-and-pages-no-stories',
      severity: 'error',
      from: { path: '^renderer/(components|pages)/' },
      to: { path: '^renderer/stories/' },
    },
    {
      name: 'product-code-does-not-import-tests',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|/testing/|^e2e/|^scripts/)' },
      to: { path: '(\\.test\\.ts$|/testing/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'] },
  },
}
