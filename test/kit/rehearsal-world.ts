import fs from 'node:fs';
import path from 'node:path';
import type { RunId, SourceId, StorageId } from '../../src/shared/domain/ids.ts';
import type { Run } from '../../src/shared/domain/run.ts';
import type { SourceSettings } from '../../src/shared/domain/source-settings.ts';
import type { FileSystem } from '../../src/engine/kernel/file-system.ts';
import type { Keychain } from '../../src/engine/kernel/keychain.ts';
import { silentLog } from '../../src/engine/kernel/log.ts';
import { seededRandom } from './seeded-random.ts';
import { type Engine, openEngine } from '../../src/engine/service/engine.ts';

/** A keychain in a file, so that another process finds in it what this one put there. */
export function keychainIn(file: string): Keychain {
  const all = (): Record<string, string> => (fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as never) : {});
  const put = (secrets: Record<string, string>): Promise<void> =>
    Promise.resolve(fs.writeFileSync(file, JSON.stringify(secrets)));
  return {
    status: () => Promise.resolve('available'),
    read: (account) => Promise.resolve(all()[account]),
    write: (account, secret) => put({ ...all(), [account]: secret }),
    remove: (account) => put(Object.fromEntries(Object.entries(all()).filter(([name]) => name !== account))),
  };
}

/** A profile on a real disk with a storage of files, messages and events, each of which has a past. */
export class RehearsalWorld {
  readonly root: string;
  engine!: Engine;
  storage!: StorageId;
  readonly sources: Record<'files' | 'mail' | 'events', SourceId> = { files: '', mail: '', events: '' } as never;

  constructor(root: string) {
    this.root = root;
  }

  at(name: string): string {
    return path.join(this.root, name);
  }

  async open(files?: FileSystem): Promise<Engine> {
    const keychain = keychainIn(this.at('keychain.json'));
    const options = { profileDir: this.at('profile'), keychain, appVersion: '0', log: silentLog };
    this.engine = await openEngine({ ...options, ...(files !== undefined && { instead: { files } }) });
    return this.engine;
  }

  async fill(): Promise<void> {
    const { storages, sources, jobs } = this.engine;
    const made = await storages.create({
      name: 'S',
      path: this.at('S'),
      password: 'correct horse battery',
      keepInKeychain: true,
    });
    this.storage = made.id;
    this.#write();
    const add = async (name: string, settings: SourceSettings): Promise<SourceId> =>
      (await sources.add({ name, settings, secret: null, keepInKeychain: false })).id;
    const none = { exclude: [], excludeIfPresent: [], oneFileSystem: false };
    this.sources.files = await add('Files', { kind: 'files', paths: [this.at('files')], ...none });
    this.sources.mail = await add('Mail', { kind: 'maildir', path: this.at('mail'), exclude: [] });
    this.sources.events = await add('Events', { kind: 'item-files', path: this.at('events'), exclude: [] });
    const ids = Object.values(this.sources);
    const job = jobs.create({ name: 'J', sources: ids, storage: this.storage, schedule: { mode: 'manual' } }).id;
    await this.ended(await jobs.run(job, 'person'));
    fs.appendFileSync(this.at('files/letter.txt'), ' and Bob');
    fs.rmSync(this.at('files/gone.txt'));
    await this.ended(await jobs.run(job, 'person'));
  }

  async ended(run: RunId): Promise<Run> {
    return (await this.engine.parts.runs.ended(run)) ?? this.engine.parts.runs.show(run) ?? Promise.reject(new Error('no run'));
  }

  async rehearse(wish: { source?: SourceId; items?: number; seed?: number } = {}): Promise<Run> {
    const { source = null, items = 50, seed = 1 } = wish;
    const id = await this.engine.rehearsals.start(this.storage, { source, items, seed });
    await this.engine.parts.runs.ended(id);
    return this.engine.parts.runs.show(id) ?? Promise.reject(new Error('no run'));
  }

  /** What lies where trial restores put things. */
  scratch(): string[] {
    const scratch = this.at('profile/rehearsals');
    return fs.existsSync(scratch) ? fs.readdirSync(scratch, { recursive: true }).map(String) : [];
  }

  #write(): void {
    for (const folder of ['files/deep/er', 'mail/cur', 'mail/new', 'mail/tmp', 'events'])
      fs.mkdirSync(this.at(folder), { recursive: true });
    fs.writeFileSync(this.at('files/letter.txt'), 'Dear Ada');
    fs.writeFileSync(this.at('files/gone.txt'), 'Was here');
    fs.writeFileSync(this.at('files/deep/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
    fs.writeFileSync(this.at('files/deep/er/large.bin'), seededRandom(1).bytes(3_000_000));
    fs.utimesSync(this.at('files/letter.txt'), 1_600_000_000.25, 1_600_000_000.25);
    fs.symlinkSync('/etc', this.at('files/link'));
    const message = (subject: string): string => `From: a@a.example\r\nSubject: ${subject}\r\n\r\nHello ${subject}\r\n`;
    fs.writeFileSync(this.at('mail/cur/1600000000.one.host:2,FS'), message('read and flagged'));
    fs.writeFileSync(this.at('mail/new/1600000001.two.host'), message('new'));
    fs.utimesSync(this.at('mail/new/1600000001.two.host'), 1_600_000_001, 1_600_000_001);
    const event = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:tea', 'DTSTAMP:20260101T000000Z'];
    fs.writeFileSync(
      this.at('events/tea.ics'),
      [...event, 'DTSTART:20260102T150000Z', 'SUMMARY:Tea', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n'),
    );
  }
}
