import { readFileSync } from 'node:fs';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context, GlobalOptions } from './context.ts';

/** A secret never comes from the command line itself, where every user of the machine could read it. */
export function givenPassword(options: GlobalOptions): string | undefined {
  return given(options.passwordFile, options.passwordStdin, 'STRATA_PASSWORD');
}

/** What is printed on the recovery sheet, for who has nothing else. */
export function givenRecoveryKey({ recoveryKeyFile }: GlobalOptions): string | undefined {
  return given(recoveryKeyFile, false, 'STRATA_RECOVERY_KEY');
}

/** A mirror has a password of its own. */
export function givenMirrorPassword({ mirrorPasswordFile }: GlobalOptions): string | undefined {
  return given(mirrorPasswordFile, false, 'STRATA_MIRROR_PASSWORD');
}

export function givenSecret(options: GlobalOptions): string | undefined {
  return given(options.secretFile, options.secretStdin, 'STRATA_SECRET');
}

export function givenClientSecret(file: string | undefined): string | undefined {
  return given(file, false, 'STRATA_CLIENT_SECRET');
}

/** Both passwords cannot come from the one standard input. */
export function givenNewPassword(
  context: Context,
  { newPasswordFile, newPasswordStdin }: { readonly newPasswordFile?: string; readonly newPasswordStdin?: boolean },
): string | undefined {
  if (newPasswordStdin === true && context.options.passwordStdin === true)
    throw new StrataError('usage.invalid', 'never', { reason: context.say('oneStdin') });
  return given(newPasswordFile, newPasswordStdin, 'STRATA_NEW_PASSWORD');
}

export async function askNewPassword(context: Context): Promise<string> {
  const first = await askSecret(context.say('askNewPassword'));
  const second = first === undefined ? undefined : await askSecret(context.say('askAgain'));
  if (first === undefined) throw new StrataError('usage.invalid', 'never', { reason: context.say('passwordMissing') });
  if (first !== second) throw new StrataError('usage.invalid', 'never', { reason: context.say('passwordsDiffer') });
  return first;
}

function given(file: string | undefined, stdin: boolean | undefined, variable: string): string | undefined {
  if (file !== undefined) return firstLine(readSecretFile(file));
  if (stdin === true) return firstLine(readFileSync(0, 'utf8'));
  const value = process.env[variable];
  return value === undefined || value === '' ? undefined : value;
}

/** `env:NAME` or `file:PATH`, as a setup file says where a secret lies. */
export function secretAt(reference: string): string {
  const at = reference.indexOf(':');
  const where = reference.slice(at + 1);
  const found = reference.startsWith('env:') ? process.env[where] : firstLine(readSecretFile(where));
  if (found === undefined || found === '') throw new StrataError('path.missing', 'after-user-action', { path: reference });
  return found;
}

export function readSecretFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StrataError('path.missing', 'after-user-action', { path }, { cause });
  }
}

/** Editors end files with a line break that nobody typed; spaces may be part of a password. */
const firstLine = (text: string): string => text.replace(/\r?\n[\s\S]*$/, '');

/** Asks on the terminal without showing what is typed; undefined where nobody could answer. */
export async function askSecret(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    return await typedLine();
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}

function typedLine(): Promise<string | undefined> {
  return new Promise((resolve) => {
    let typed = '';
    const onData = (text: string): void => {
      for (const key of text) {
        if (key === '\r' || key === '\n') return end(typed);
        if (key === '\u0003' || key === '\u0004') return end(undefined);
        typed = key === '\u007f' || key === '\b' ? [...typed].slice(0, -1).join('') : typed + key;
      }
    };
    const end = (value: string | undefined): void => {
      process.stdin.off('data', onData);
      resolve(value);
    };
    process.stdin.on('data', onData);
  });
}
