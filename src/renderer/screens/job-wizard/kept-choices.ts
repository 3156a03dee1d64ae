import type { Choice } from '../../../shared/domain/choice.ts';
import type { SourceId } from '../../../shared/domain/ids.ts';

/** What was chosen of a source by somebody who went to make a storage first, and will come back; gone with the window. */
const kept = new Map<SourceId, Choice>();

export const keepChoice = (source: SourceId, choice: Choice): void => void kept.set(source, choice);
export const keptChoice = (source: SourceId): Choice | undefined => kept.get(source);
