import type { Connection } from '../sql/connection.ts';

/** Each table by its key. Row numbers are part of what is compared: they are given in the order of the commits. */
const tables = {
  state: "SELECT name, value FROM state WHERE name NOT IN ('layout', 'rebuilding') ORDER BY name",
  runs: 'SELECT * FROM runs ORDER BY id',
  sources: 'SELECT * FROM sources ORDER BY id',
  commits: 'SELECT * FROM commits ORDER BY sequence',
  cursors: 'SELECT * FROM cursors ORDER BY source, folder_key',
  packs: 'SELECT id, hex(uid), size_bytes FROM packs ORDER BY id',
  chunks:
    'SELECT hex(id), pack, record, record_offset, record_length, offset, length FROM chunks ORDER BY id, pack, record, offset',
  lost_chunks: 'SELECT hex(id) FROM lost_chunks ORDER BY id',
  holds: 'SELECT * FROM holds ORDER BY id',
  freezes: 'SELECT * FROM freezes ORDER BY id',
  given_back: 'SELECT * FROM given_back ORDER BY source, folder_key, key',
  unchosen: 'SELECT * FROM unchosen ORDER BY item',
  chunk_lists: 'SELECT hex(digest), hex(chunks) FROM chunk_lists ORDER BY digest',
  items: 'SELECT * FROM items ORDER BY id',
  contents: `
    SELECT id, item, key, name, title, sender, recipient, attachment, content_revision, identity, size_bytes, hex(digest), parts
    FROM contents ORDER BY id`,
  // Which shape was seen first depends on versions of which nothing is left, so a number of one says nothing.
  shapes: 'SELECT uid FROM shapes WHERE id IN (SELECT shape FROM versions) ORDER BY uid',
  versions: `
    SELECT v.id, item, n, valid_from, valid_to, change, kind, source, run, folder, time_ms, content, metadata_revision, s.uid, metadata, hidden
    FROM versions v JOIN shapes s ON s.id = v.shape ORDER BY v.id`,
  activity: 'SELECT * FROM activity ORDER BY quarter, source, kind',
  sizes: 'SELECT * FROM sizes ORDER BY source, folder, kind',
  // How the index of words is cut into segments depends on how it grew; which words are where does not.
  words: 'SELECT doc, term, col, "offset" FROM temp.word_places ORDER BY doc, term, col, "offset"',
} as const;

/** Every row of every table as a line of text. */
export function* dumpRows(connection: Connection): Iterable<string> {
  connection.execute('CREATE VIRTUAL TABLE IF NOT EXISTS temp.word_places USING fts5vocab(main, words, instance)');
  for (const [table, sql] of Object.entries(tables)) {
    const rows = connection.tuples<readonly unknown[]>(sql).all();
    for (const row of rows) yield `${table} ${JSON.stringify(row)}`;
  }
}
