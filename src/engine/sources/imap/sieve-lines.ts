/** A word of an answer: data (in quotes, or counted), or the protocol's own. */
export interface SieveWord {
  readonly isData: boolean;
  readonly bytes: Buffer;
}

/** What is no answer in ManageSieve, or longer than one may be. Says nothing of what stood there. */
export class SieveSyntaxError extends Error {}

/** What may lie here unread: the longest script that is taken, and a list of a few thousand names. */
export const answerBytes = 2 * 1024 * 1024;
const counted = /\{(\d{1,10})\+?\}\r?$/;
/** In quotes, or up to the next space; brackets stand alone. */
const word = /[ \t]*(?:"((?:[^"\\]|\\.)*)"|([()])|([^\s"(){}]+))/y;

/** Cuts what a server sends into lines of words (RFC 5804, section 4). Data may hold ends of lines where their length stands before them. */
export class SieveLines {
  #parts: Buffer[] = [];
  #size = 0;
  /** Of the line that is coming. */
  #words: SieveWord[] = [];
  /** Data of this length comes next; undefined: text up to the end of a line. */
  #awaited: number | undefined;
  #hasEnd = false;

  /** Something came that no line has taken up. */
  get isEmpty(): boolean {
    return this.#size === 0 && this.#words.length === 0;
  }

  push(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#size += chunk.length;
    this.#hasEnd ||= chunk.includes(10);
    if (this.#size > answerBytes) throw new SieveSyntaxError('too long');
  }

  /** The next whole line; undefined: it is still coming. */
  next(): readonly SieveWord[] | undefined {
    for (;;) {
      if (this.#awaited !== undefined) {
        if (this.#size < this.#awaited) return undefined;
        this.#words.push({ isData: true, bytes: this.#take(this.#awaited) });
        this.#awaited = undefined;
      }
      const line = this.#takeLine();
      if (line === undefined) return undefined;
      const length = counted.exec(line);
      this.#words.push(...wordsOf(length === null ? line : line.slice(0, length.index)));
      if (length === null) return this.#words.splice(0);
      this.#awaited = Number(length[1]);
      if (this.#awaited > answerBytes) throw new SieveSyntaxError('too long');
    }
  }

  /** Without its end. */
  #takeLine(): string | undefined {
    if (!this.#hasEnd) return undefined;
    const end = this.#joined().indexOf(10);
    this.#hasEnd = end >= 0;
    return end < 0 ? undefined : this.#take(end + 1).toString('latin1', 0, end);
  }

  #take(length: number): Buffer {
    const all = this.#joined();
    this.#parts = [all.subarray(length)];
    this.#size -= length;
    return all.subarray(0, length);
  }

  #joined(): Buffer {
    const all = this.#parts.length === 1 ? (this.#parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#parts);
    this.#parts = [all];
    return all;
  }
}

function wordsOf(line: string): SieveWord[] {
  const words: SieveWord[] = [];
  const text = line.trimEnd();
  for (word.lastIndex = 0; word.lastIndex < text.length; ) {
    const [, quoted, bracket, plain] = word.exec(text) ?? [];
    if (quoted === undefined && bracket === undefined && plain === undefined) throw new SieveSyntaxError('no words');
    const bytes = Buffer.from(quoted?.replaceAll(/\\(.)/g, '$1') ?? bracket ?? plain ?? '', 'latin1');
    words.push({ isData: quoted !== undefined, bytes });
  }
  return words;
}
