import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mailbox (Maildir) and a folder as people have them, the same in every tour. */
export interface Sample {
  readonly mailbox: string;
  readonly folder: string;
  readonly messages: number;
  readonly mailFolders: number;
  readonly files: number;
  /** Texts that stand in the sample and must not be readable anywhere else. */
  readonly telltales: readonly string[];
}

export interface SampleChanges {
  readonly new: number;
  readonly edited: number;
  readonly moved: number;
  readonly flagged: number;
  readonly deleted: number;
}

const people = [
  'Ines Duarte',
  'Bob Halloran',
  'Lotte Kramer',
  'Jonas Weil',
  'Mina Okafor',
  'Harbour Authority',
  'Saint Olav school',
  'Print shop Adler',
];
const subjects = [
  'Quay 7: revised façade drawings',
  'Minutes, site meeting no. {n}',
  'Invoice 2026-{n} received',
  'Re: stair core, fire door width',
  'Lunch on Tuesday?',
  'Offer harbour office {n}',
  'Permit HA-{n}: conditions',
  'Timber samples are on their way',
];
const words =
  'quay harbour drawing façade permit offer timber sample minutes site door stair core level plan tender lot budget signed revised please find attached regards tomorrow morning crane concrete delivery invoice school lease key'.split(
    ' ',
  );
const mailFolders = ['', '.Sent', '.Archive', '.Archive.2019', '.Clients', '.Clients.Quay 7'];
const messagesPerFolder = 60;

/** The same numbers in every tour (mulberry32, by Tommy Ettinger, public domain). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Next = () => number;
const oneOf = <Thing>(things: readonly Thing[], next: Next): Thing => things[Math.floor(next() * things.length)] as Thing;
const prose = (count: number, next: Next): string =>
  Array.from({ length: count }, (_, index) => oneOf(words, next) + (index % 12 === 11 ? '.\r\n' : ' ')).join('');

function message(number: number, next: Next): string {
  const date = new Date(Date.UTC(2019 + (number % 7), number % 12, 1 + (number % 27), 9, number % 60));
  const attachment = number % 5 === 0 ? Buffer.from(prose(400, next)).toString('base64').replace(/.{76}/g, '$&\r\n') : undefined;
  const head = [
    `From: ${oneOf(people, next)} <person${number % 9}@nord.example>`,
    'To: Anna Lindqvist <anna@nord.example>',
    `Subject: ${oneOf(subjects, next).replace('{n}', String(number))}`,
    `Date: ${date.toUTCString()}`,
    `Message-ID: <tour-${number}@nord.example>`,
    'MIME-Version: 1.0',
  ];
  const body = prose(60 + Math.floor(next() * 300), next);
  if (attachment === undefined) return [...head, 'Content-Type: text/plain; charset=utf-8', '', body, ''].join('\r\n');
  return [
    ...head,
    'Content-Type: multipart/mixed; boundary="layer"',
    '',
    '--layer',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '--layer',
    'Content-Type: text/csv; name="list.csv"',
    'Content-Disposition: attachment; filename="list.csv"',
    'Content-Transfer-Encoding: base64',
    '',
    attachment,
    '--layer--',
    '',
  ].join('\r\n');
}

const messagePath = (mailbox: string, folder: string, number: number, flags: string): string =>
  join(mailbox, folder, 'cur', `17${String(number).padStart(8, '0')}.M${number}P1.nord:2,${flags}`);

export function makeSample(directory: string): Sample {
  const next = randomNumbers(20_261_122);
  const mailbox = join(directory, 'Mail');
  const folder = join(directory, 'Documents');
  let messages = 0;
  for (const name of mailFolders) {
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(mailbox, name, part), { recursive: true });
    for (let index = 0; index < messagesPerFolder; index += 1) {
      messages += 1;
      writeFileSync(messagePath(mailbox, name, messages, messages % 3 === 0 ? '' : 'S'), message(messages, next));
    }
  }
  return {
    mailbox,
    folder,
    messages,
    mailFolders: mailFolders.length,
    files: makeFiles(folder, next),
    telltales: ['revised façade drawings', 'Anna Lindqvist', 'Projects/Quay tender'],
  };
}

function makeFiles(folder: string, next: Next): number {
  const projects = ['Projects/Quay tender', 'Projects/Harbour office', 'Pictures', 'Notes/2026', 'Empty folder'];
  for (const name of projects) mkdirSync(join(folder, name), { recursive: true });
  let files = 0;
  const write = (name: string, bytes: string | Uint8Array, mode = 0o644): void => {
    files += 1;
    writeFileSync(join(folder, name), bytes);
    chmodSync(join(folder, name), mode);
    utimesSync(join(folder, name), 1_700_000_000 + files, 1_600_000_000 + files * 1000 + 0.25);
  };
  for (let index = 0; index < 120; index += 1)
    write(`${oneOf(projects.slice(0, 4), next)}/page ${index}.txt`, prose(50 + Math.floor(next() * 900), next));
  const noise = new Uint8Array(3_000_000).map(() => Math.floor(next() * 256));
  write('Pictures/quay at dawn.raw', noise);
  write('Pictures/quay at dawn (copy).raw', noise);
  write('Notes/empty.txt', '');
  write('Notes/für Jonas – ☂ 日本.txt', prose(40, next));
  write('Notes/run me.sh', '#!/bin/sh\necho tour\n', 0o750);
  symlinkSync('../Notes/2026', join(folder, 'Projects/link to notes'));
  return files + 1;
}

/** What happens between the two cycles. */
export function changeSample(sample: Sample): SampleChanges {
  const next = randomNumbers(7);
  const { mailbox, folder } = sample;
  for (let number = 1001; number <= 1012; number += 1) writeFileSync(messagePath(mailbox, '', number, ''), message(number, next));
  for (let number = 4; number <= 8; number += 1)
    renameSync(
      messagePath(mailbox, '', number, number % 3 === 0 ? '' : 'S'),
      messagePath(mailbox, '.Archive', number, number % 3 === 0 ? '' : 'S'),
    );
  for (const number of [10, 11, 13]) renameSync(messagePath(mailbox, '', number, 'S'), messagePath(mailbox, '', number, 'FS'));
  for (const number of [20, 22, 23, 25]) rmSync(messagePath(mailbox, '', number, 'S'));
  appendFileSync(join(folder, 'Notes/run me.sh'), 'echo edited\n');
  appendFileSync(join(folder, 'Pictures/quay at dawn.raw'), 'one more line');
  writeFileSync(join(folder, 'Notes/new.txt'), prose(30, next));
  renameSync(join(folder, 'Notes/für Jonas – ☂ 日本.txt'), join(folder, 'Projects/für Jonas – ☂ 日本.txt'));
  chmodSync(join(folder, 'Notes/empty.txt'), 0o600);
  rmSync(join(folder, 'Pictures/quay at dawn (copy).raw'));
  return { new: 13, edited: 2, moved: 6, flagged: 4, deleted: 5 };
}
