import { type Choice, everything } from '../../../shared/domain/choice.ts';
import type { SourceKind, SourceSettings } from '../../../shared/domain/source-settings.ts';
import { usualChoice } from '../../parts/choosing/rule-fields.ts';
import type { SourceSummary } from '../../state/index.ts';
import { type Answers, newSource, type SourceKey } from './answers.ts';
import { keptChoice } from './kept-choices.ts';

/** A source of the job to be, and what is taken of it. */
export interface ChosenInJob {
  readonly key: SourceKey;
  readonly name: string;
  readonly kind: SourceKind;
  readonly choice: Choice;
  /** Of one that is not there yet. */
  readonly settings: SourceSettings | null;
}

export function chosenSources(
  answers: Pick<Answers, 'known' | 'choices'>,
  settings: SourceSettings | null,
  name: string,
  sources: readonly Pick<SourceSummary, 'id' | 'name' | 'settings'>[],
): readonly ChosenInJob[] {
  if (settings !== null) {
    const { kind } = settings;
    return [{ key: newSource, name, kind, settings, choice: answers.choices[newSource] ?? usualChoice(kind) }];
  }
  return sources
    .filter(({ id }) => answers.known.includes(id))
    .map((source) => {
      const choice = answers.choices[source.id] ?? keptChoice(source.id) ?? everything;
      return { key: source.id, name: source.name, kind: source.settings.kind, settings: null, choice };
    });
}
