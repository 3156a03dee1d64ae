import type { ActionFacts, CommandDeed, JobAction } from '../../shared/domain/action.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import { cleanOutput } from '../kernel/clean-output.ts';
import type { CommandEnd } from '../kernel/command.ts';
import type { DeedEnd, DeedPorts, Preview } from './deed-port.ts';
import { environmentOf } from './environment.ts';

export function commandPreview(deed: CommandDeed, facts: ActionFacts, ports: DeedPorts): Extract<Preview, { kind: 'command' }> {
  return {
    kind: 'command',
    words: wordsOf(deed, ports.platform),
    folder: deed.folder ?? ports.home,
    environment: environmentOf(ports.environment, facts),
  };
}

export async function doCommand(
  { name, timeoutSeconds }: JobAction,
  deed: CommandDeed,
  facts: ActionFacts,
  ports: DeedPorts,
  signal: AbortSignal,
): Promise<DeedEnd> {
  const { words, folder, environment } = commandPreview(deed, facts, ports);
  const [program = '', ...rest] = words;
  const command = { program, arguments: rest, folder, environment, timeoutMs: timeoutSeconds * 1000, signal };
  const { end, output, droppedBytes } = await ports.runCommand(command);
  return {
    failure: failureOf(end, { action: name, program, folder, seconds: timeoutSeconds }),
    output: cleanOutput(output, droppedBytes > 0),
    droppedBytes,
  };
}

/** The line is the shell's; the words stay words: they are its `$1`, `$2`, …, which no shell reads. */
function wordsOf({ program, arguments: words, shell }: CommandDeed, platform: string): string[] {
  if (!shell) return [program, ...words];
  return platform === 'win32' ? ['cmd.exe', '/d', '/s', '/c', program, ...words] : ['/bin/sh', '-c', program, 'strata', ...words];
}

interface Told {
  readonly action: string;
  readonly program: string;
  readonly folder: string;
  readonly seconds: number;
}

function failureOf(end: CommandEnd, { action, program, folder, seconds }: Told): Failure | null {
  switch (end.kind) {
    case 'exit':
      return end.code === 0 ? null : { code: 'action.failed', retry: 'later', facts: { action, code: end.code } };
    case 'signal':
      return { code: 'action.killed', retry: 'later', facts: { action, signal: end.name } };
    case 'timeout':
      return { code: 'action.timed-out', retry: 'later', facts: { action, seconds } };
    case 'stopped':
      return { code: 'action.stopped', retry: 'later', facts: { action } };
    case 'error': {
      // For a folder that is not there the system says the same as for a program.
      if (end.code === 'ENOENT')
        return { code: 'action.not-found', retry: 'after-user-action', facts: { action, program, folder } };
      if (end.code === 'EACCES' || end.code === 'EPERM')
        return { code: 'action.not-executable', retry: 'after-user-action', facts: { action, program } };
      return { code: 'action.not-begun', retry: 'after-user-action', facts: { action, program, error: end.code } };
    }
  }
}
