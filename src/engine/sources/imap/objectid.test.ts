import { expect, it } from 'vitest';
import { collectingDestination } from '../../../../test/kit/collecting-destination.ts';
import { openCycleWorld } from '../../../../test/kit/cycle-world.ts';
import { EmulatedImapServer, type Emulation } from '../../../../test/kit/emulated/imap-server.ts';
import { temporaryFolder } from '../../../../test/kit/temporary-folder.ts';
import { plainMessage } from '../../../../test/kit/test-messages.ts';
import type { ImapSettings } from '../../../shared/domain/source-settings.ts';
import { password } from '../testing/credentials.ts';
import { imapSource } from './index.ts';

const message = (uid: number, n: number, emailId: string) => ({ uid, bytes: plainMessage(n), emailId });

async function begin(emulation: Emulation) {
  const server = await EmulatedImapServer.start({ capabilities: 'IMAP4rev1 OBJECTID', ...emulation });
  const settings: ImapSettings = {
    ...{ kind: 'imap', host: '127.0.0.1', port: server.port, tls: 'none', user: 'ada', certificateSha256: null, exclude: [] },
  };
  const world = await openCycleWorld(temporaryFolder(), settings, imapSource(settings, password('secret')));
  return { server, world, bodies: () => server.heard.splice(0).filter((line) => line.includes('BODY.PEEK[]')) };
}

it('a folder that a server numbers anew is read no second time where it names messages (an emulated server)', async () => {
  let uidValidity = 7;
  // The second and the third are copies, and have one name.
  const messages = [message(1, 1, 'M1'), message(2, 2, 'M2'), message(3, 2, 'M2'), message(4, 4, 'M4')];
  const folders = { INBOX: messages };
  const { server, world, bodies } = await begin({ folders, uidValidity: () => uidValidity });
  expect((await world.cycle()).counts).toMatchObject({ new: 4, failed: 0 });
  expect(bodies().length).toBeGreaterThan(0);
  uidValidity = 8;
  expect((await world.cycle()).counts).toMatchObject({ new: 0, vanished: 0, changed: 0, failed: 0 });
  expect(bodies()).toEqual([]);
  world.close();
  await server.close();
});

it('a server that gives two messages one name loses none of them (an emulated server)', async () => {
  const folders = { INBOX: [message(1, 1, 'M1')], Work: [{ ...message(1, 2, 'M1') }] };
  const { server, world } = await begin({ folders });
  expect(plainMessage(1)).toHaveLength(plainMessage(2).length);
  expect((await world.cycle()).counts).toMatchObject({ new: 2, failed: 0 });
  const bytes: string[] = [];
  await world.restore(collectingDestination((_, content) => void (content !== undefined && bytes.push(content.toString()))));
  expect(bytes.sort()).toEqual([plainMessage(1).toString(), plainMessage(2).toString()].sort());
  world.close();
  await server.close();
});
