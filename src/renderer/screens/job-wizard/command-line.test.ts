import { describe, expect, it } from 'vitest';
import { usualTiming } from '../../../shared/domain/schedule.ts';
import { commandLines } from './command-line.ts';

const job = {
  name: 'My mail',
  sources: ['anna@nord.example'],
  storage: "Anna's disk",
  alsoTo: [],
  schedule: { mode: 'continuous', idleMs: 90_000_000 },
  timing: usualTiming,
  usual: usualTiming,
  zone: null,
  captures: true,
  chosen: [],
} as const;

describe('a job as commands', () => {
  it('names the source, then the job', () => {
    const settings = {
      kind: 'imap',
      host: 'imap.nord.example',
      port: 993,
      tls: 'implicit',
      user: 'anna@nord.example',
      certificateSha256: null,
      exclude: ['Junk', 'Old?'],
    } as const;
    expect(commandLines({ source: { name: 'anna@nord.example', settings }, job }, 'linux')).toEqual([
      "strata source add imap anna@nord.example --host imap.nord.example --port 993 --tls implicit --user anna@nord.example --exclude Junk 'Old?'",
      "strata job create 'My mail' --source anna@nord.example --storage 'Anna'\\''s disk' --mode continuous --idle 25:00:00",
    ]);
  });

  it('says who lets the person in, where that is no password', () => {
    const signIn = {
      method: 'oauth',
      server: { by: 'issuer', issuer: 'https://id.nord.example' },
      clientId: 'of Anna',
      scopes: ['mail', 'offline_access'],
    } as const;
    const settings = {
      kind: 'caldav',
      url: 'https://dav.nord.example/',
      user: 'anna',
      certificateSha256: null,
      exclude: [],
      signIn,
    } as const;
    expect(commandLines({ source: { name: 'Work', settings }, job: null }, 'linux')).toEqual([
      "strata source add caldav Work --url https://dav.nord.example/ --user anna --sign-in oauth --issuer https://id.nord.example --scope mail offline_access --client-id 'of Anna'",
    ]);
  });

  it('quotes as the system’s shell reads it', () => {
    const settings = {
      kind: 'files',
      paths: ['C:\\My files'],
      exclude: ['$x'],
      excludeIfPresent: ['CACHEDIR.TAG'],
      oneFileSystem: true,
    } as const;
    expect(commandLines({ source: { name: 'Files', settings }, job: null }, 'win32')).toEqual([
      'strata source add files Files --path "C:\\My files" --exclude-if-present CACHEDIR.TAG --one-file-system --exclude "$x"',
    ]);
  });

  it('names further storages', () => {
    const further = { ...job, schedule: { mode: 'manual' }, captures: false, alsoTo: ['NAS', 'Old disk'] } as const;
    expect(commandLines({ source: null, job: further }, 'linux')[0]).toContain(
      "--storage 'Anna'\\''s disk' --also-to NAS 'Old disk' --mode manual",
    );
  });

  it('needs no source where there is one', () => {
    expect(
      commandLines({ source: null, job: { ...job, name: 'Mail', schedule: { mode: 'manual' }, captures: false } }, 'linux'),
    ).toEqual(["strata job create Mail --source anna@nord.example --storage 'Anna'\\''s disk' --mode manual"]);
  });
});
