import net from 'node:net';
import readline from 'node:readline';
import type { MailServer } from './mail-server.ts';

/** Somebody who writes filter scripts: says commands of ManageSieve that change something, each to its `OK`. */
export async function writeScripts(server: MailServer, user: string, ...commands: readonly string[]): Promise<void> {
  const socket = net.connect(server.sievePort ?? 0, '127.0.0.1');
  const lines = readline.createInterface({ input: socket })[Symbol.asyncIterator]();
  const answer = async (): Promise<void> => {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      if (/^(?:NO|BYE)\b/.test(line.value)) throw new Error(line.value);
      if (/^OK\b/.test(line.value)) return;
    }
    throw new Error('the server hung up');
  };
  await answer();
  const words = Buffer.from(`\0${user}\0${server.password}`).toString('base64');
  for (const command of [`AUTHENTICATE "PLAIN" "${words}"`, ...commands]) {
    socket.write(`${command}\r\n`);
    await answer();
  }
  socket.destroy();
}

export const putScript = (name: string, text: string): string => `PUTSCRIPT "${name}" {${Buffer.byteLength(text)}+}\r\n${text}`;
