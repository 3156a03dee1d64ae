import type { Choice } from '../../shared/domain/choice.ts';
import type { GrantId, SourceId, SurveyId } from '../../shared/domain/ids.ts';
import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import { StrataError } from '../../shared/domain/strata-error.ts';
import type { Survey, SurveyedFolder } from '../../shared/domain/survey.ts';
import type { RowQuery } from '../backup/index.ts';
import { newId } from '../kernel/random.ts';
import { LiveSurvey, type SurveyTarget } from './live-survey.ts';
import { known } from './names.ts';
import type { Parts } from './parts.ts';
import { sourceFor } from './source-factory.ts';
import type { Sources } from './sources.ts';

/** A source that is there, or one that somebody is about to add. */
export interface SurveyRequest {
  readonly source: SourceId | null;
  /** Null: those of the source. */
  readonly settings: SourceSettings | null;
  readonly secret: string | null;
  readonly grant?: GrantId | undefined;
  readonly choice: Choice;
}

/** Who begins another one has seen enough of the oldest. */
const mostSurveys = 4;

/** Surveys that go on, and the last ones that ended: in memory, and nowhere else. */
export class Surveys {
  readonly #parts: Parts;
  readonly #sources: Sources;
  readonly #live = new Map<SurveyId, LiveSurvey>();

  constructor(parts: Parts, sources: Sources) {
    this.#parts = parts;
    this.#sources = sources;
  }

  begin(requests: readonly SurveyRequest[]): SurveyId {
    const targets = requests.map((request) => this.#target(request));
    const id = newId<SurveyId>(this.#parts.random);
    this.#live.set(id, new LiveSurvey(targets, this.#parts.clock, this.#parts.log));
    for (const [oldest, survey] of [...this.#live].slice(0, -mostSurveys)) {
      survey.stop();
      this.#live.delete(oldest);
    }
    return id;
  }

  show(id: SurveyId): Survey {
    return this.#asked(id).view();
  }

  folders(id: SurveyId, source: number, query: RowQuery): SurveyedFolder[] {
    return this.#asked(id).folders(source, query);
  }

  stop(id: SurveyId): void {
    this.#asked(id).stop();
  }

  async close(): Promise<void> {
    for (const survey of this.#live.values()) survey.stop();
    await Promise.all([...this.#live.values()].map(({ ended }) => ended));
  }

  #asked(id: SurveyId): LiveSurvey {
    const survey = this.#live.get(id);
    if (survey === undefined) throw new StrataError('name.unknown', 'never', { kind: 'survey', name: id });
    return survey;
  }

  #target({ source: id, settings: given, secret, grant, choice }: SurveyRequest): SurveyTarget {
    const stored = id === null ? null : known('source', id, this.#parts.store.sources());
    const settings = given ?? stored?.settings;
    if (settings === undefined) throw new StrataError('input.invalid', 'never', { field: 'settings' });
    const credential = this.#sources.credentialFor(id, settings, { secret, grant });
    return {
      id,
      name: stored?.name ?? '',
      kind: settings.kind,
      choice,
      source: sourceFor(settings, credential, this.#parts, { choice, ...this.#sources.paces.atOnce(id, settings) }),
    };
  }
}
