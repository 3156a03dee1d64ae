import { skippedOf, type SurveyedFolder, type SurveyedSource, type SurveyTally } from '../../shared/domain/survey.ts';

/** Field names here are a contract with scripts: add, never rename. */
export function surveyJson(source: SurveyedSource, folders: readonly SurveyedFolder[], never: string): Record<string, unknown> {
  return {
    source: source.name,
    kind: source.kind,
    status: source.state,
    failure: source.failure,
    ...tallyJson(source.whole),
    unmatched: source.idle,
    never,
    folders: folders.map(({ path, verdict, by, failure, own, folded }) => ({
      folder: path,
      verdict,
      by,
      ...tallyJson(own),
      failure,
      ...(folded === 0 ? {} : { foldersCountedIn: folded }),
    })),
  };
}

const tallyJson = ({ taken, skipped, ...unsure }: SurveyTally): Record<string, unknown> => ({
  taken,
  skipped: skippedOf({ skipped }),
  rules: skipped,
  ...unsure,
});
