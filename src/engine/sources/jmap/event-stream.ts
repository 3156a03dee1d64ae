import { Unintelligible } from '../web-failure.ts';

/** A line, or the lines of one event, may be as long as this. */
const longest = 256 * 1024;

export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

/** The events of a stream as they come (HTML Standard, section 9.2.6); what only keeps the connection open is none. */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  let name = '';
  let data: string[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    // A CR at the end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { name: name === '' ? 'message' : name, data: data.join('\n') };
        name = '';
        data = [];
        held = 0;
        continue;
      }
      const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === 'event') name = value;
      if (field === 'data') data.push(value);
      held += line.length;
    }
    if (rest.length + held > longest) throw new Unintelligible('an event without an end');
  }
}
