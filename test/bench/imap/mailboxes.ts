import { seededRandom } from '../../kit/seeded-random.ts';
import { MadeMail } from '../cycle/made-mail.ts';

const seed = 20_260_102;
export const folders = ['Archive', 'Clients', 'Family', 'Lists', 'Travel'] as const;

/** What lies in each folder, an equal part of all. `heavy`: with attachments as people send them; they make nineteen twentieths of its bytes. */
export function* filledFolders(count: number, heavy: boolean): Generator<readonly [folder: string, messages: Buffer[]]> {
  const mail = new MadeMail(seed);
  const chance = seededRandom(seed);
  for (const folder of folders)
    yield [folder, [...mail.take(Math.round(count / folders.length))].map((bytes) => (heavy ? attach(bytes, chance) : bytes))];
}

/** One in eight carries 50 to 900 KB, the others a page of 5 to 60 KB; random bytes, as what is compressed looks like. */
function attach(message: Buffer, { bytes, below }: ReturnType<typeof seededRandom>): Buffer {
  const length = below(8) === 0 ? 50_000 + below(850_000) : 5000 + below(55_000);
  const page = Buffer.from(bytes(length)).toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.concat([message, Buffer.from(`\r\n${page}\r\n`)]);
}
