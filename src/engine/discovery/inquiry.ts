import type { Discovery } from '../../shared/domain/discovery.ts';
import type { Names } from '../kernel/names.ts';
import type { Web, WebAnswer } from '../kernel/web.ts';

/** Whom discovery may ask. */
export interface Sources {
  readonly web: Web;
  readonly names: Names;
}

/**
 * What is asked about one domain, and a list of all who were. Nobody's silence is a failure: they propose nothing then.
 * Hosts are told the domain at most, never who asks.
 */
export class Inquiry {
  readonly domain: string;
  readonly #sources: Sources;
  readonly #asked: { how: 'dns' | 'web'; host: string; answered: boolean }[] = [];

  constructor(domain: string, sources: Sources) {
    this.domain = domain;
    this.#sources = sources;
  }

  get asked(): Discovery['asked'] {
    return this.#asked;
  }

  /** Undefined: no answer. */
  async web(url: string): Promise<WebAnswer | undefined> {
    return this.#ask('web', new URL(url).host, () => this.#sources.web.ask({ url }));
  }

  async names<Answer>(name: string, ask: (names: Names) => Promise<Answer>): Promise<Answer | undefined> {
    return this.#ask('dns', name, () => ask(this.#sources.names));
  }

  async #ask<Answer>(how: 'dns' | 'web', host: string, ask: () => Promise<Answer>): Promise<Answer | undefined> {
    const line = { how, host, answered: false };
    this.#asked.push(line);
    try {
      const answer = await ask();
      line.answered = true;
      return answer;
    } catch {
      return undefined; // whoever cannot be asked proposes nothing; the list says that there was no answer
    }
  }
}
