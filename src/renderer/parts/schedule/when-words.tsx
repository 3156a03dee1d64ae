import type { Timing } from '../../../shared/domain/schedule.ts';
import { useFormat, useWords } from '../../words/index.ts';
import { sentencesOf, timingSentences } from './sentences.ts';
import type { Speech } from './speech.ts';
import { useLineWords } from './use-line-words.ts';
import type { When } from './when.ts';

export function useSpeech(): Speech {
  return { t: useWords(), format: useFormat(), lines: useLineWords() };
}

/** The schedule in words, with what was chosen in bold. */
export function WhenWords({ when, isScanOn = true }: { readonly when: When; readonly isScanOn?: boolean }) {
  const speech = useSpeech();
  return sentencesOf(when, isScanOn, speech).map((sentence) => (
    <span key={sentence}>
      <Bold text={sentence} />{' '}
    </span>
  ));
}

/** Windows and conditions in words; nothing where all is as usual. */
export function TimingWords({ timing }: { readonly timing: Timing }) {
  const speech = useSpeech();
  return timingSentences(timing, speech).map((sentence) => (
    <span key={sentence}>
      <Bold text={sentence} />{' '}
    </span>
  ));
}

/** Only our own `<b>`: names that a person gave are text like any other. */
function Bold({ text }: { readonly text: string }) {
  return text
    .split(/<b>(.*?)<\/b>/u)
    .map((part, index) =>
      index % 2 === 1 ? <b key={`${index}${part}`}>{part}</b> : <span key={`${index}${part}`}>{part}</span>,
    );
}
