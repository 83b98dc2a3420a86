import { join } from 'node:path'
import { MiB, GiB } from '../../installer-core/base/bytes.ts'
import { GuestCase } from '../../e2e/linux/guest-case.ts'
import { answerYes, asAnna } from '../../e2e/linux/guest-user.ts'
import { makeBigRelease } from './roomy-pc.ts'
import { median, ratioRow, valueRow, type Row } from './row.ts'

const looks = 5
const writes = 3
const asks = 2
const releaseBytes = 128 * MiB

/** In the guest: `bench NAME NUMBER` is what `readSamples` reads. The first of each is a warm-up. */
const script = `
now() { date +%s%N; }
berth_peak() {
  for process in /proc/[0-9]*; do
    case $(readlink $process/exe) in */berth*) sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\) kB/bench '$1' \\1/p' $process/status ;; esac
  done
}
# watched NAME COMMAND…: leaves in /run/peaks the peak of every process of Berth's while the command runs
watched() {
  name=$1; shift
  (while :; do berth_peak $name; sleep 0.3; done) >/run/peaks 2>/dev/null & watcher=$!
  "$@"
  kill $watcher; wait $watcher
}
for i in $(seq 0 ${looks}); do
  a=$(now); lsblk --json --output-all >/dev/null; efibootmgr -v >/dev/null
  b=$(now); /run/payload/berth probe --json >/dev/null
  c=$(now); find /boot/efi -iname '*.efi' -exec sha256sum {} + >/dev/null
  d=$(now); echo "bench tools $((b - a))"; echo "bench program $((c - b))"; echo "bench hashing $((d - c))"
done
perl -MIPC::Open2 -e '
  sub now { my $now = \`date +%s%N\`; chomp $now; $now }
  open2(my $out, my $in, "/run/payload/berth", "helper");
  for my $id (1 .. ${looks + 1}) {
    my $begun = now();
    print $in qq({"jsonrpc":"2.0","id":$id,"method":"probe","params":{}}\\n);
    my $line;
    do { $line = <$out> // die "the helper ended" } until $line =~ /"id":\${id}\\b/;
    print "bench answer ", now() - $begun, "\\n";
  }'
watched looking /run/payload/berth probe --json >/dev/null
cat /run/peaks
release=/run/payload/big
file=/boot/efi/copy
for i in $(seq 0 ${writes}); do
  a=$(now); dd if=$release/part0 of=$file bs=4M conv=fsync status=none; sha256sum $file >/dev/null
  b=$(now); echo "bench copy $((b - a))"; rm $file; sync
  watched writing install --space-from esp
  cat /run/peaks
  berth undo undo --yes
done
${asAnna}
${answerYes}
for i in $(seq 0 ${asks}); do
  a=$(now); $as /run/payload/berth probe --json >/dev/null
  b=$(now); echo "bench user $((b - a))"
done`

/** Berth on "this PC", in a Debian in QEMU: what it takes to look, to get full rights, and to write, against plain tools. */
export async function benchGuest(): Promise<Row[]> {
  const own = new GuestCase(async (content, signer) => {
    await makeBigRelease(join(content, 'big'), 1, releaseBytes, signer)
  })
  try {
    const guest = await own.guest({ bus: 'nvme', sectorSize: 512, espBytes: 640 * MiB, diskBytes: 5 * GiB })
    const { lines } = await guest.start(script)
    if (!lines.includes('Berth: script ended with 0'))
      throw new Error(`the guest failed:\n${lines.join('\n')}`)
    return rowsOf(lines)
  } finally {
    own.remove()
  }
}

function rowsOf(lines: readonly string[]): Row[] {
  const seconds = (name: string, count: number) => {
    const samples = samplesOf(lines, name).slice(1)
    if (samples.length !== count) throw new Error(`the guest measured ${name} ${samples.length} times`)
    return samples.map((nanoseconds) => nanoseconds / 1e9)
  }
  const [tools, program, answer, hashing] = ['tools', 'program', 'answer', 'hashing'].map((name) =>
    seconds(name, looks),
  ) as [number[], number[], number[], number[]]
  // What the plain tools leave out: reading and hashing the programs on the ESP.
  const same = tools.map((seconds, index) => seconds + (hashing[index] ?? Number.NaN))
  const copy = seconds('copy', writes)
  const user = seconds('user', asks)
  const wrote = writingSeconds(lines).slice(1)
  if (wrote.length !== writes) throw new Error(`the guest wrote ${wrote.length} times:\n${lines.join('\n')}`)
  const [looking, writing] = ['looking', 'writing'].map(
    (name) => Math.max(...samplesOf(lines, name)) / 1024,
  ) as [number, number]
  const others = `lsblk and efibootmgr ${median(tools).toFixed(2)} s`
  const pairs = (ours: readonly number[], theirs: readonly number[]) =>
    ours.map((seconds, index) => seconds / (theirs[index] ?? Number.NaN))
  return [
    ratioRow({
      name: 'this PC: probe by the helper',
      samples: pairs(answer, tools),
      goal: 1.5,
      note: `from request to answer ${median(answer).toFixed(2)} s; ${others}`,
    }),
    ratioRow({
      name: 'this PC: probe by the helper, the same work',
      samples: pairs(answer, same),
      note: `with sha256sum of the programs on the ESP, ${median(hashing).toFixed(2)} s`,
    }),
    ratioRow({
      name: 'this PC: probe by the command',
      samples: pairs(program, tools),
      note: `with the start of the program ${median(program).toFixed(2)} s; ${others}`,
    }),
    valueRow({
      name: 'this PC: full rights',
      samples: user.map((seconds) => seconds - median(program)),
      unit: 's',
      note: "a user's probe through pkexec, which answers at once, less root's: asking, carrying 110 MB, hashing, starting",
    }),
    ratioRow({
      name: 'this PC: write and verify 128 MiB',
      samples: pairs(wrote, copy),
      goal: 1.1,
      note: `Berth ${median(wrote).toFixed(2)} s, dd conv=fsync + sha256sum ${median(copy).toFixed(2)} s, on the ESP`,
    }),
    valueRow({
      name: 'this PC: memory while writing 128 MiB',
      samples: [writing - looking],
      unit: 'MiB above looking',
      goal: 150,
      note: `peak ${writing.toFixed(0)} MiB, ${looking.toFixed(0)} MiB for a probe (VmHWM)`,
    }),
  ]
}

function samplesOf(lines: readonly string[], name: string): readonly number[] {
  const found = lines.flatMap((line) => {
    const [, value] = new RegExp(`^bench ${name} (\\d+)$`).exec(line) ?? []
    return value === undefined ? [] : [Number(value)]
  })
  if (found.length < 1) throw new Error(`the guest measured no ${name}:\n${lines.join('\n')}`)
  return found
}

/** How long the step took that writes the files, of each installation. */
function writingSeconds(lines: readonly string[]): readonly number[] {
  const prefix = 'berth_json install '
  return lines
    .filter((line) => line.startsWith(prefix))
    .map((line) => {
      const { steps } = JSON.parse(line.slice(prefix.length)) as {
        steps?: readonly { readonly step: { readonly kind: string }; readonly durationMs: number }[]
      }
      const step = steps?.find(({ step: { kind } }) => kind === 'write-files')
      if (step === undefined) throw new Error(`no step wrote files: ${line}`)
      return step.durationMs / 1000
    })
}
