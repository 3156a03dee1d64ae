import os from 'node:os';
import type { Measured } from '../cycle/measured.ts';

export interface MailboxFigures {
  readonly what: string;
  readonly messages: number;
  readonly bytes: number;
  /** Operation → program → one figure a round. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, readonly Measured[]>>>>;
  /** Milliseconds that a walk over an open connection took which found nothing changed, one a round. */
  readonly unchangedWalkMs: readonly number[];
}

/** The middle one; of two, the smaller. */
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? Number.NaN;

export function page(
  versions: Readonly<Record<string, string>>,
  mailboxes: readonly MailboxFigures[],
  loads: readonly number[],
): string {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `# Benchmarks: mail

Written by \`npm run bench -- imap --write\`; nothing here is edited by hand. Whole processes as a person starts them, against one Dovecot on
this machine, over one connection without TLS, in turns, the median of all rounds; the server's caches are warm. Strata stores encrypted and
compressed, reads its commit back, and starts an engine of its own for each command; the others write a Maildir. *After connecting*:
what a look at the whole account takes that finds nothing changed.

- ${new Date().toISOString().slice(0, 10)}, ${os.availableParallelism()} cores (${os.cpus()[0]?.model.trim()}), Node ${process.versions.node}
- ${programs.join(', ')}
- load average before each round: ${loads.map((load) => load.toFixed(1)).join(', ')} (two busy cores make 2: above it, ratios count and seconds do not)

${mailboxes.map(table).join('\n\n')}
`;
}

function table({ what, messages, bytes, figures, unchangedWalkMs }: MailboxFigures): string {
  const rows = Object.entries(figures).flatMap(([operation, programs]) =>
    Object.entries(programs).map(([name, rounds]) => {
      const seconds = rounds.map((round) => round.seconds);
      const ours = median((programs['Strata'] ?? []).map((round) => round.seconds));
      const ratio = name === 'Strata' ? '' : `${(median(seconds) / ours).toFixed(2)}×`;
      const cells = [
        ...[operation, name, median(seconds).toFixed(2), ratio],
        median(rounds.map((round) => round.cpuSeconds)).toFixed(2),
        `${Math.round(Math.max(...rounds.map((round) => round.peakBytes)) / 1e6)} MB`,
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  );
  return [
    `**${what}**: ${messages.toLocaleString('en')} messages, ${Math.round(bytes / 1e6)} MB. After connecting: ${median(unchangedWalkMs).toFixed(0)} ms.`,
    '',
    '| operation | program | seconds | against Strata | processor seconds | peak memory |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}
