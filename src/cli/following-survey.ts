import { setTimeout as pause } from 'node:timers/promises';
import type { SurveyId } from '../shared/domain/ids.ts';
import type { Survey } from '../shared/domain/survey.ts';
import type { Context } from './context.ts';
import { harmless } from './output/table.ts';

/** Often enough for an eye. */
const askEveryMs = 200;

/** Waits for a survey, shows how it goes, stops it on Ctrl-C. */
export async function followSurvey(context: Context, id: SurveyId): Promise<Survey> {
  const { client } = context;
  const stop = (): void => void client.call('survey.stop', { id }).catch(() => undefined); // it may just have ended
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const line = progressLine(context);
  try {
    for (;;) {
      const survey = await client.call('survey.show', { id });
      if (survey.state !== 'going') return survey;
      line.show(survey);
      await pause(askEveryMs);
    }
  } finally {
    line.clear();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** Written over on a terminal, JSON lines where asked for, nothing when piped. */
function progressLine({ options, formats, say }: Context): { show(survey: Survey): void; clear(): void } {
  const { stderr } = process;
  if (options.progress === 'json') {
    return { show: (survey) => void stderr.write(`${JSON.stringify(progressOf(survey))}\n`), clear: () => undefined };
  }
  if (!stderr.isTTY || options.quiet === true) return { show: () => undefined, clear: () => undefined };
  const write = (text: string): void => void stderr.write(`\r\u001b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
  return {
    show(survey) {
      const { items, bytes, current } = progressOf(survey);
      write(say('surveying', { items: formats.count(items), bytes: formats.bytes(bytes), current: harmless(current) }));
    },
    clear: () => write(''),
  };
}

function progressOf({ sources, current }: Survey): { items: number; bytes: number; current: string } {
  const taken = sources.map(({ whole }) => whole.taken);
  const sum = (of: 'items' | 'bytes'): number => taken.reduce((all, amount) => all + amount[of], 0);
  return { items: sum('items'), bytes: sum('bytes'), current };
}
