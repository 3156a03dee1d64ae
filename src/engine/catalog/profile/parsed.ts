import { StrataError } from '../../../shared/domain/strata-error.ts';
import type { Connection } from '../sql/connection.ts';

/** A document of the profile. Its disk may have changed it: then the profile is unusable, and says so. */
export function parsed<Document>(text: string, { path }: Pick<Connection, 'path'>): Document {
  try {
    return JSON.parse(text) as Document;
  } catch (cause) {
    throw new StrataError('profile.unusable', 'after-user-action', { path }, { cause });
  }
}
