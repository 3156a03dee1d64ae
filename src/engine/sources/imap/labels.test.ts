import { afterEach, describe, expect, it } from 'vitest';
import { collectingDestination } from '../../../../test/kit/collecting-destination.ts';
import { openCycleWorld } from '../../../../test/kit/cycle-world.ts';
import { type EmulatedMessage, EmulatedImapServer, type Emulation } from '../../../../test/kit/emulated/imap-server.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { plainMessage } from '../../../../test/kit/test-messages.ts';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { password } from '../testing/credentials.ts';
import { imapDestination } from './destination-imap.ts';
import { imapSource } from './index.ts';
import { marksOf, marksRevision } from './labels.ts';

const abilities = 'IMAP4rev1 UIDPLUS X-GM-EXT-1';
const everywhere = ['\\Important', '\\Starred', 'Zoll & Co', 'B&APw-ro'];
const labelled = (uid: number, n: number, labels: readonly string[]): EmulatedMessage => ({
  uid,
  bytes: plainMessage(n),
  gmail: { id: `16000000000000000${n}`, labels },
});

/** One message in all of them, as a server with labels shows it: without the label of the folder that is open. */
const labelledFolders = (labels: readonly string[]): Record<string, EmulatedMessage[]> => ({
  INBOX: [labelled(1, 1, [...labels, 'Work'])],
  '[Gmail]/All Mail': [labelled(11, 1, [...labels, 'Work', '\\Inbox']), labelled(12, 2, [])],
  Work: [labelled(21, 1, [...labels, '\\Inbox'])],
});

describe('labels of a server that has them (emulated)', () => {
  const servers: EmulatedImapServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  const start = async (emulation: Emulation): Promise<{ server: EmulatedImapServer; settings: ImapSettings }> => {
    const server = await EmulatedImapServer.start({ capabilities: abilities, ...emulation });
    servers.push(server);
    const place = { host: '127.0.0.1', port: server.port, tls: 'none', user: 'ada' } as const;
    return { server, settings: { kind: 'imap', ...place, certificateSha256: null, exclude: [] } };
  };
  const saved = async (folders: Record<string, EmulatedMessage[]>) => {
    const { server, settings } = await start({ folders });
    const world = await openCycleWorld(temporaryFolder(), settings, imapSource(settings, password('secret')));
    const { counts } = await world.cycle();
    const bodies = (): string[] => server.heard.splice(0).filter((line) => line.includes('BODY.PEEK[]'));
    return { world, counts, bodies, folders };
  };

  it('are kept with each message, which is fetched once however many it has', async () => {
    const { world, counts, bodies } = await saved(labelledFolders(everywhere));
    expect(counts).toMatchObject({ new: 4, failed: 0 });
    expect(bodies().map((line) => line.split(' ')[2])).toEqual(['1', '12']);
    const labels = new Map<string, unknown>();
    const contents = new Set<string>();
    await world.restore(
      collectingDestination(({ manifest, folderPath }, bytes) => {
        if (manifest.kind !== 'message') return;
        labels.set(`${folderPath.join('/')} ${manifest.name}`, manifest.metadata['labels']);
        contents.add(`${manifest.metadata['emailId'] as string} ${bytes?.toString() ?? ''}`);
      }),
    );
    expect(Object.fromEntries(labels)).toEqual({
      'INBOX 1': [...everywhere, 'Work'].sort(),
      '[Gmail]/All Mail 11': [...everywhere, 'Work', '\\Inbox'].sort(),
      '[Gmail]/All Mail 12': [],
      'Work 21': [...everywhere, '\\Inbox'].sort(),
    });
    expect(contents.size).toBe(2);
    world.close();
  });

  it('that change are a version of the message in each of its folders, and nothing is fetched but headers', async () => {
    const { world, bodies, folders } = await saved(labelledFolders(everywhere));
    bodies();
    Object.assign(folders, labelledFolders([...everywhere, 'New']));
    expect((await world.cycle()).counts).toMatchObject({ new: 0, changed: 0, metadataOnly: 3, unchanged: 1, failed: 0 });
    expect(bodies()).toEqual([]);
    expect((await world.cycle()).counts).toMatchObject({ metadataOnly: 0, unchanged: 4 });
    world.close();
  });

  it.for([
    ['gives them back', abilities, ['UID STORE 9 +X-GM-LABELS ("B&APw-ro" "Work" "Zoll & Co" \\Important \\Starred)']],
    ['that has none is not asked to', 'IMAP4rev1 UIDPLUS', []],
  ] as const)('a restore to a server %s', async ([, capabilities, expected]) => {
    const { world } = await saved({ INBOX: [labelled(1, 1, [...everywhere, 'Work', '\\Sent', '\\Draft', 'bad\u0001one'])] });
    const { server, settings } = await start({
      capabilities,
      answer: ({ tag, verb }, _, talk) => {
        if (verb !== 'APPEND') return false;
        talk.send(`${tag} OK [APPENDUID 7 9] done\r\n`);
        return true;
      },
    });
    const place = { folder: null, restoreRoot: null };
    const report = await world.restore(imapDestination(settings, password('secret'), place));
    expect(report).toMatchObject({ created: 1, failed: [] });
    expect(server.heard.filter((line) => line.startsWith('UID STORE'))).toEqual(expected);
    world.close();
  });

  it('that a server refuses to give back are told as a failure of that message', async () => {
    const { world } = await saved({ INBOX: [labelled(1, 1, ['Work'])] });
    const { settings } = await start({
      answer: ({ tag, verb }, _, talk) => {
        if (verb === 'APPEND') talk.send(`${tag} OK [APPENDUID 7 9] done\r\n`);
        else if (verb === 'UID STORE') talk.send(`${tag} NO not that one\r\n`);
        else return false;
        return true;
      },
    });
    const report = await world.restore(imapDestination(settings, password('secret'), { folder: null, restoreRoot: null }));
    expect(report.failed.map(({ failure }) => failure.code)).toEqual(['restore.write-failed']);
    world.close();
  });
});

it('what a server without labels says of a message is compared as it always was', () => {
  const flags = new Set(['\\Seen', 'b', 'a']);
  expect(marksRevision(marksOf({ flags }))).toBe('\\Seen a b');
  expect(marksRevision(marksOf({ flags, labels: new Set() }))).not.toBe('\\Seen a b');
});
