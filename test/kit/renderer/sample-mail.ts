import type { CallOutput } from '../../../src/shared/contract/calls.ts';
import type { ItemId, RunId, SourceId } from '../../../src/shared/domain/ids.ts';
import { createDraw, idOf } from './draw.ts';
import { hostileMails } from './hostile-mail.ts';
import { at, dayAgo, ids } from './sample-base.ts';

export type ItemRow = CallOutput<'browse.item'>;
type Folder = CallOutput<'browse.tree'>[number];
type Moment = CallOutput<'browse.moments'>[number];
type History = CallOutput<'browse.history'>[number];

let folderNumber = 0;
function folder(
  source: SourceId,
  sourceName: string,
  kind: Folder['sourceKind'],
  parent: Folder | null,
  name: string,
  items: number,
  specialUse: string | null = null,
): Folder {
  folderNumber += 1;
  const path = parent === null || parent.path === '' ? name : `${parent.path}/${name}`;
  return {
    item: idOf<ItemId>(`folder${folderNumber}x`, folderNumber),
    source,
    sourceName,
    sourceKind: kind,
    parent: parent?.item ?? null,
    name,
    path,
    specialUse,
    items,
    deleted: false,
    unchosenSinceMs: null,
  };
}

function mailTree(source: SourceId, name: string): Folder[] {
  const of = (parent: Folder | null, folderName: string, items: number, use: string | null = null): Folder =>
    folder(source, name, 'imap', parent, folderName, items, use);
  const root = of(null, '', 0);
  const clients = of(root, 'Clients', 12);
  const archive = of(root, 'Archive', 0, '\\Archive');
  return [
    root,
    of(root, 'INBOX', 2184, '\\Inbox'),
    of(root, 'Drafts', hostileMails.length, '\\Drafts'),
    of(root, 'Sent', 8120, '\\Sent'),
    clients,
    of(clients, 'Northshore', 311),
    of(clients, 'Quay 7', 1204),
    of(clients, 'Saint Olav school', 88),
    archive,
    of(archive, '2019', 4110),
    of(archive, '2020 – 2025', 20_418),
    { ...of(root, 'Newsletters', 640), deleted: true },
  ];
}

function fileTree(): Folder[] {
  const of = (parent: Folder | null, name: string, items: number): Folder =>
    folder(ids.documents, 'Documents, Projects, Pictures', 'files', parent, name, items);
  const root = of(null, '', 0);
  const documents = of(root, '/home/anna/Documents', 44);
  const projects = of(root, '/home/anna/Projects', 3);
  return [
    root,
    documents,
    of(documents, 'Contracts', 120),
    of(documents, 'Tax', 64),
    projects,
    of(projects, 'Quay tender', 512),
    of(projects, 'Harbour office', 230),
  ];
}

export const tree: readonly Folder[] = [
  ...mailTree(ids.anna, 'anna@nord.example'),
  ...mailTree(ids.officeMail, 'office@nord.example'),
  ...fileTree(),
];
export const inbox = tree[1] as Folder;
/** Its messages are the hostile ones, in their order. */
export const drafts = tree[2] as Folder;

const lines = [
  ['Ines Duarte', 'Quay 7: revised façade drawings', true],
  ['Harbour Authority', 'Permit HA-2231: conditions and deadlines', true],
  ['Jonas Weil', 'Lunch on Tuesday?', false],
  ['Bob Halloran', 'Offer harbour office', true],
  ['Lotte Kramer', 'Minutes, site meeting no. 14', true],
  ['Northshore Ltd', 'Invoice 2026-0118 received', false],
  ['Ines Duarte', 'Re: stair core, fire door width', false],
  ['Saint Olav school', 'Parents’ evening: room plan', true],
  ['Registrar', 'Domain nord.example renews soon', false],
  ['Mina Okafor', 'Timber samples are on their way', false],
  ['Jonas Weil', 'Re: structure, grid lines C to F', true],
  ['Bob Halloran', 'Questions about the lease', false],
  ['Print shop Adler', 'Your A1 plots are ready', false],
  ['Lotte Kramer', 'Minutes, site meeting no. 13', true],
  ['Tax office', 'Assessment notice 2024', true],
  ['Ines Duarte', 'Quay 7: façade drawings', false],
] as const;

const fileNames = [
  'Contract Northshore.pdf',
  'site.ifc',
  'Harbour raw 0114.jpg',
  'budget 2026.ods',
  'README.md',
  'minutes-14.docx',
  'façade-north.dwg',
] as const;

/** The item at an index of a folder, always the same. Indexes count from the newest. */
export function rowOf(place: Folder, index: number): ItemRow {
  const draw = createDraw(place.item.charCodeAt(6) * 7919 + index);
  const isFile = place.sourceKind === 'files';
  const [from, title, attachment] = lines[index % lines.length] ?? lines[0];
  const timeMs = at(Math.floor(index / 3), 9 + (index % 3) * 3, (index * 17) % 60);
  const vanished = index % 8 === 1 || index === 3;
  const versions = index === 3 ? 5 : 1 + ((index * 5) % 4);
  const flags = isFile ? [] : [...(index % 7 === 0 ? [] : ['\\Seen']), ...(index === 3 || index % 11 === 6 ? ['\\Flagged'] : [])];
  const name = isFile ? (fileNames[index % fileNames.length] ?? 'file') : `1712:${90_000 - index}`;
  return {
    item: idOf<ItemId>(`i${place.item.slice(6, 9)}n`, index),
    version: versions > 2 ? versions - 2 : versions,
    versions,
    kind: isFile ? 'file' : 'message',
    source: place.source,
    folder: place.item,
    folderPath: place.path,
    name,
    title: isFile ? name : title,
    from: isFile ? null : from,
    to: isFile ? null : 'Anna Lindqvist <anna@nord.example>',
    sizeBytes: draw.whole(2_000, 900_000),
    timeMs,
    validFromMs: timeMs + 60_000,
    hasAttachment: !isFile && attachment,
    flags,
    deleted: false,
    vanishedAtMs: vanished ? Math.min(timeMs + draw.whole(1, 20) * 86_400_000, at(0, 8)) : null,
    unchosenSinceMs: null,
  };
}

export const moments: readonly Moment[] = Array.from({ length: 700 }, (_, index) => {
  const [days, hours] = [Math.floor(index / 2), index % 2 === 0 ? 12 : 8];
  const atMs = at(days, hours, 31);
  return {
    // Those of the last sixty days are runs that the history shows.
    run: idOf<RunId>('runmail', days * 10 + hours),
    job: ids.mailToNas,
    jobName: 'Mail',
    atMs,
    saved: 40 + ((index * 37) % 300),
    vanished: index % 9 === 0 ? 3 : 0,
  };
});

export function density(seed: number): CallOutput<'browse.density'> {
  const draw = createDraw(seed);
  return Array.from({ length: 360 }, (_, index) => ({
    dayMs: dayAgo(359 - index),
    saved: draw.whole(0, 9) ** 2,
    vanished: draw.next() < 0.06 ? draw.whole(1, 12) : 0,
  })).filter((day) => day.saved + day.vanished > 0);
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Five versions of one message: the life that the picture shows. */
export function historyOf(row: ItemRow): History[] {
  const steps = [
    { change: 'created', days: 0, folderPath: 'INBOX', flags: [] as string[] },
    { change: 'metadata', days: 0.08, folderPath: 'INBOX', flags: ['\\Seen'] },
    { change: 'metadata', days: 1, folderPath: 'INBOX', flags: ['\\Seen', '\\Flagged'] },
    { change: 'metadata', days: 3, folderPath: 'INBOX', flags: ['\\Seen', '\\Flagged', '\\Answered'] },
    { change: 'moved', days: 28, folderPath: 'Clients/Northshore', flags: ['\\Seen', '\\Flagged', '\\Answered'] },
  ] as const;
  const begin = row.validFromMs;
  const taken = steps.slice(0, row.versions);
  const entries = taken.map((step, index): History => {
    const next = taken[index + 1];
    const end = next ? begin + next.days * 86_400_000 : row.vanishedAtMs;
    const validTo = end === null ? null : iso(end);
    // With the third its content is another.
    const digest = (index < 2 ? 'b7' : 'c4').repeat(32);
    return {
      transaction: `${row.item}.${index + 1}`,
      item: row.item,
      version: index + 1,
      validFrom: iso(begin + step.days * 86_400_000),
      validTo,
      change: step.change,
      run: idOf<RunId>('runmail', index),
      folder: row.folder,
      folderPath: step.folderPath,
      name: row.name,
      sizeBytes: row.sizeBytes,
      metadata: { flags: [...step.flags] },
      digest,
      contents: [{ part: 'raw', digest, size: row.sizeBytes, validFrom: iso(begin), validTo: null }],
    };
  });
  if (row.vanishedAtMs === null) return entries;
  const last = entries.at(-1) as History;
  return [
    ...entries,
    {
      ...last,
      transaction: `${row.item}.${entries.length + 1}`,
      version: entries.length + 1,
      change: 'deleted',
      validFrom: iso(row.vanishedAtMs),
      validTo: null,
      metadata: {},
      contents: [],
      digest: null,
    },
  ];
}

/** Of a message in Drafts; undefined for all others. */
const hostileHtml = (row: ItemRow): string | undefined =>
  row.folder === drafts.item ? hostileMails.find((_, index) => rowOf(drafts, index).item === row.item)?.html : undefined;

export function previewOf(row: ItemRow): CallOutput<'browse.preview'> {
  if (row.kind === 'file') {
    const text = row.name.endsWith('.md') ? '# Quay 7\n\nWhat is here, and who to ask.\n' : null;
    return {
      kind: text === null ? 'none' : 'text',
      reason: text === null ? 'binary' : null,
      headers: [],
      text,
      html: null,
      image: null,
      attachments: [],
      calendar: null,
      contacts: null,
    };
  }
  return {
    kind: 'message',
    reason: null,
    headers: [
      { name: 'From', value: `${row.from} <bob@halloran.example>` },
      { name: 'To', value: 'Anna Lindqvist <anna@nord.example>' },
      { name: 'Subject', value: row.title },
      { name: 'Date', value: new Date(row.timeMs ?? 0).toUTCString() },
      { name: 'Message-ID', value: '<20260227.110812@halloran.example>' },
      { name: 'Content-Type', value: 'multipart/mixed; boundary="frontier"' },
    ],
    text: 'Dear Anna,\n\nplease find our offer for the harbour office attached. It is valid until 31 March 2026, keys on signature.\n\nKind regards\nBob',
    html:
      hostileHtml(row) ??
      '<p>Dear Anna,</p><p>please find our <b>offer for the harbour office</b> attached. It is valid until <u>31 March 2026</u>, keys on signature.</p><img src="https://tracker.example/pixel.gif"><script>parent.document.title = "owned"</script><p>Kind regards<br>Bob</p>',
    image: null,
    calendar: null,
    contacts: null,
    attachments: row.hasAttachment
      ? [
          { name: 'Offer harbour office.pdf', type: 'application/pdf', sizeBytes: 184_000 },
          { name: 'plan.dwg', type: 'image/vnd.dwg', sizeBytes: 1_240_000 },
          { name: '', type: 'message/rfc822', sizeBytes: 48_000 },
        ]
      : [],
  };
}

/** The third attachment is a message, at which a note and something deceptive hang; nothing else can be shown. */
export function attachmentPreviewOf(row: ItemRow, within: readonly number[]): CallOutput<'browse.preview'> {
  const message = previewOf(row);
  const none = { ...message, headers: [], text: null, html: null, attachments: [] };
  if (within.join('.') === '2') {
    const attachments = [
      { name: 'keys.txt', type: 'text/plain', sizeBytes: 120 },
      { name: 'rooms.pdf.exe', type: 'application/pdf', sizeBytes: 90_000 },
    ];
    return { ...message, html: null, text: 'Forwarded: the keys are with Carla.', attachments };
  }
  if (within.join('.') === '2.0') return { ...none, kind: 'text', text: 'Front door, harbour side: 7' };
  return { ...none, kind: 'none', reason: 'binary' };
}
