import { createServer } from 'node:net'
import { addressIn } from '../ui/testing/serving.ts'
import type { GuestStart, LinuxGuest } from './linux-guest.ts'

/** A page that Berth shows inside a guest, to open from outside. */
export interface ServedGuest {
  /** With the token that works once. */
  readonly address: string
  /** How the guest's start ends: by a restart that was asked for on the page, or after nobody looks at the page any more. */
  readonly ended: Promise<GuestStart>
}

/** How long Berth goes on without a page, in seconds. */
const idle = 60
const addressMs = 900_000

/**
 * In the guest: a network card, and what comes in on it handed to the port of the same number on 127.0.0.1, which is all
 * that Berth listens on. Berth runs as `$as` until nobody looks any more.
 */
const script = (port: number) => `
modprobe virtio_net
udevadm settle --timeout=300
for card in /sys/class/net/*; do card=$(basename "$card"); [ "$card" = lo ] || break; done
busybox ip link set "$card" up
busybox ip addr add 10.0.2.15/24 dev "$card"
perl -MIO::Socket::INET -e '
  my $from = IO::Socket::INET->new(LocalAddr => "10.0.2.15", LocalPort => ${port}, Listen => 64, ReuseAddr => 1) or die $!;
  $SIG{CHLD} = "IGNORE";
  while (my $outer = $from->accept) {
    next if fork;
    my $inner = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => ${port}) or exit 1;
    my ($in, $out) = fork ? ($outer, $inner) : ($inner, $outer);
    my $piece;
    while (sysread $in, $piece, 65536) { my $at = 0; while ($at < length $piece) { $at += syswrite($out, $piece, length($piece) - $at, $at) // exit 1 } }
    shutdown $out, 1;
    exit 0;
  }' & forwarder=$!
$as /run/payload/berth serve --port ${port} --idle ${idle}
kill $forwarder`

/** Starts the guest and Berth's page in it; `prepare` says who runs it. @throws when it shows no page. */
export async function serveInGuest(guest: LinuxGuest, prepare: string): Promise<ServedGuest> {
  const reach = await freePort()
  let tell: (address: string) => void = () => undefined
  const told = new Promise<string>((resolve) => (tell = resolve))
  const onLine = (line: string) => {
    const found = addressIn(line)
    if (found !== null) tell(found)
  }
  const ended = guest.start(`${prepare}\n${script(reach)}`, { reach, onLine })
  const early = ended.then(({ lines }) => {
    throw new Error(`the guest ended without a page:\n${lines.join('\n')}`)
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the guest shows no page')), addressMs)
  })
  try {
    return { address: await Promise.race([told, early, late]), ended }
  } finally {
    clearTimeout(timer)
    early.catch(() => undefined)
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
