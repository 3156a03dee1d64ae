import { describe, expect, it } from 'vitest';
import type { SourceId, StorageId } from '../../../shared/domain/ids.ts';
import { firstAnswers } from './answers.ts';
import { type Draft, type DraftShelf, forgetDraft, keepDraft, keptDraft, stillThere } from './kept-draft.ts';

function shelf(): DraftShelf & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

const files: Draft = { answers: { ...firstAnswers, what: 'files', paths: ['/home/anna'] }, step: 'when' };
const mail: Draft = { answers: { ...firstAnswers, address: 'anna@example.org', user: 'anna' }, step: 'review' };

describe('A wizard that was left before its end', () => {
  it('goes on where it was left, with what was answered', () => {
    const on = shelf();
    keepDraft(on, false, files);
    expect(keptDraft(on, false)).toEqual(files);
    expect(keptDraft(on, true)).toBeUndefined();
    forgetDraft(on, false);
    expect(keptDraft(on, false)).toBeUndefined();
  });

  it('signs in again before what comes after it', () => {
    const on = shelf();
    keepDraft(on, false, mail);
    expect(keptDraft(on, false)?.step).toBe('signIn');
    keepDraft(on, false, { ...mail, step: 'what' });
    expect(keptDraft(on, false)?.step).toBe('what');
  });

  it('has a length that nobody can read as such again', () => {
    const on = shelf();
    keepDraft(on, false, { ...files, answers: { ...files.answers, when: { ...files.answers.when, idleMs: Number.NaN } } });
    expect(keptDraft(on, false)?.answers.when.idleMs).toBeNaN();
  });

  it('begins anew where a version asked other things, or where the text is not its own', () => {
    const on = shelf();
    keepDraft(on, false, files);
    const [[key, text] = ['', '']] = on.texts;
    on.texts.set(key, text.replace('oneFileSystem', 'oneDisk'));
    expect(keptDraft(on, false)).toBeUndefined();
    for (const broken of ['', '{', 'null', '[]', '{"asked":1}', text.replace(/"answers":\{/, '"answers":null,"x":{')]) {
      on.texts.set(key, broken);
      expect(keptDraft(on, false), broken).toBeUndefined();
    }
  });

  it('names nothing that was removed since', () => {
    const [here, gone] = ['a', 'b'];
    const answers = {
      ...files.answers,
      known: [here, gone] as SourceId[],
      storage: gone as StorageId,
      alsoTo: [here, gone] as StorageId[],
    };
    const left = stillThere({ ...files, answers }, [{ id: here }], [{ id: here }]);
    expect(left.answers).toMatchObject({ known: [here], storage: null, alsoTo: [here] });
    expect(left.step, 'another storage is asked for').toBe('where');
    const ofGone: Draft = { ...files, answers: { ...files.answers, what: 'known', known: [gone] as SourceId[] } };
    expect(stillThere(ofGone, [{ id: here }], []).step, 'so is another source').toBe('what');
    expect(stillThere(files, [], []).step).toBe('when');
  });
});
