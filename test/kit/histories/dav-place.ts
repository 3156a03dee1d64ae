import { davDestination } from '../../../src/engine/sources/dav/destination-dav.ts';
import { davSource } from '../../../src/engine/sources/dav/index.ts';
import { TestAccount } from '../dav/account.ts';
import { davSettings, type DavServer } from '../dav/server.ts';
import { type Moment, type Place, spot, type Thing } from './place.ts';
import { RandomCollections } from './random-collections.ts';

/** What keeping both adds to a UID and to a name. */
const beside = /-restored-\d{4}-\d\d-\d\d(-\d+)?/g;

export async function davPlace(
  server: DavServer,
  kind: 'caldav' | 'carddav',
  homeOf: (user: string) => string,
  below: (limit: number) => number,
): Promise<Place> {
  const account = async () => {
    const user = await server.newUser();
    const own = new TestAccount(server, kind, user, homeOf(user));
    const settings = { ...davSettings(server, kind, user), kind };
    const to = davDestination(settings, server.credential, { folder: null, restoreRoot: null });
    return { settings, own, to, state: () => stateOf(own) };
  };
  const made = await account();
  const random = new RandomCollections(made.own, kind, below);
  return {
    ...made,
    source: davSource(made.settings, server.credential),
    holdsBoth: false,
    isSame: (one, other) => one.content === other.content,
    plain: (thing) => ({
      ...thing,
      name: thing.name.replace(beside, ''),
      content: thing.content.replace(/\r\n[ \t]/g, '').replace(beside, ''),
    }),
    change: () => random.change(),
    lookAgain: () => random.lookAgain(),
    spotOf: ({ manifest, folders }) =>
      spot({ folder: String(folders.at(-1)?.metadata['path']).split('/').at(-2) ?? '', key: manifest.key }),
    another: account,
    close: () => Promise.resolve(),
  };
}

async function stateOf(account: TestAccount): Promise<Moment> {
  const folders = new Map<string, string>();
  for (const segment of await account.collections()) {
    const [, title = segment] = /displayname>([^<]*)</.exec(await account.properties(segment)) ?? [];
    folders.set(segment, title);
  }
  const things = [...(await account.everything([...folders.keys()]))].map(([place, content]): Thing => {
    const [folder = '', key = ''] = place.split('/');
    return { folder, key, name: uidOf(content), content, rest: '' };
  });
  return { folders, things };
}

const uidOf = (content: string): string => /^UID:(.*)$/m.exec(content.replace(/\r\n[ \t]/g, ''))?.[1]?.trim() ?? '';
