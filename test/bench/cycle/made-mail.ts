import fs from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../kit/seeded-random.ts';

type Chance = ReturnType<typeof seededRandom>;

/** How many messages the corpus has. */
export const messageCount = 50_000;
/** Mailboxes beside the inbox. */
const mailboxes = ['', '.Archive', '.Archive.2025', '.Clients', '.Lists', '.Sent'];
const firstDay = Date.UTC(2025, 0, 1) / 1000;

/**
 * MIME messages in a Maildir, 7 KB on average: prose of a skewed vocabulary, quotes of earlier ones, signatures, a quarter with an
 * attachment from a pool, one in twenty an exact copy of another.
 */
export class MadeMail {
  readonly #chance: Chance;
  readonly #words: readonly string[];
  readonly #people: readonly string[];
  readonly #signatures: readonly string[];
  readonly #attachments: readonly string[];
  #made = 0;
  #last = '';
  #lastBody = '';

  constructor(seed: number) {
    this.#chance = seededRandom(seed);
    const letters = (length: number): string =>
      [...this.#chance.bytes(length)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
    this.#words = Array.from({ length: 12_000 }, () => letters(2 + this.#chance.below(9)));
    this.#people = Array.from({ length: 300 }, () => `${letters(6)} <${letters(7)}@${letters(5)}.example>`);
    this.#signatures = this.#people.map((person) => `-- \r\n${person}\r\n${this.#line(6)}\r\n${this.#line(8)}\r\n`);
    this.#attachments = Array.from({ length: 400 }, () =>
      Buffer.from(this.#chance.bytes(500 + this.#chance.below(17_000)))
        .toString('base64')
        .replace(/.{76}/g, '$&\r\n'),
    );
  }

  /** Delivers messages, spread over the mailboxes. */
  deliver(maildir: string, count: number): void {
    for (const mailbox of mailboxes)
      for (const part of ['cur', 'new', 'tmp']) fs.mkdirSync(path.join(maildir, mailbox, part), { recursive: true });
    for (let left = count; left > 0; left -= 1) {
      const number = this.#made++;
      const box = mailboxes[this.#chance.below(mailboxes.length)] ?? '';
      const file = path.join(
        maildir,
        box,
        'cur',
        `${firstDay + number * 600}.M${number}P1.mail:2,${number % 3 === 0 ? '' : 'S'}`,
      );
      fs.writeFileSync(file, this.#next(number));
      fs.utimesSync(file, firstDay + number * 600, firstDay + number * 600);
    }
  }

  /** The next ones, for whoever delivers them himself. */
  *take(count: number): Generator<Buffer> {
    for (let left = count; left > 0; left -= 1) yield Buffer.from(this.#next(this.#made++));
  }

  #next(number: number): string {
    if (number > 0 && this.#chance.below(20) === 0) return this.#last;
    const { below } = this.#chance;
    const quote = below(3) === 0 ? `${this.#lastBody.slice(0, 3000).replace(/^/gm, '> ')}\r\n\r\n` : '';
    let text = '';
    for (let paragraphs = 1 + below(11); paragraphs > 0; paragraphs -= 1) {
      for (let lines = 1 + below(9); lines > 0; lines -= 1) text += `${this.#line(10)}\r\n`;
      text += '\r\n';
    }
    this.#lastBody = text;
    const body = `${text}${quote}${this.#one(this.#signatures)}`;
    this.#last = below(4) === 0 ? this.#withAttachment(number, body) : `${this.#header(number, 'text/plain')}\r\n${body}`;
    return this.#last;
  }

  #header(number: number, type: string): string {
    const date = new Date((firstDay + number * 600) * 1000).toUTCString().replace('GMT', '+0000');
    return [
      `Received: from mx${number % 7}.example (mx${number % 7}.example [192.0.2.${number % 250}]) by mail.example with ESMTPS; ${date}`,
      `From: ${this.#one(this.#people)}`,
      `To: ${this.#one(this.#people)}`,
      `Subject: ${this.#line(5)}`,
      `Date: ${date}`,
      `Message-ID: <${number}.${this.#one(this.#words)}@mail.example>`,
      `MIME-Version: 1.0\r\nContent-Type: ${type}\r\n`,
    ].join('\r\n');
  }

  #withAttachment(number: number, body: string): string {
    const parts = [
      `Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`,
      `Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${this.#one(this.#words)}.bin"\r\n\r\n${this.#one(this.#attachments)}`,
    ];
    const boundary = `part-${number}`;
    const joined = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
    return `${this.#header(number, `multipart/mixed; boundary="${boundary}"`)}\r\n${joined}--${boundary}--\r\n`;
  }

  #line(words: number): string {
    return Array.from({ length: words }, () => this.#word()).join(' ');
  }

  /** Few words are said often, as in any language. */
  #word(): string {
    const { below } = this.#chance;
    return this.#words[Math.min(below(12_000), below(12_000), below(12_000), below(12_000))] ?? '';
  }

  #one(list: readonly string[]): string {
    return list[this.#chance.below(list.length)] ?? '';
  }
}
