import type { DavSettings } from '../../../shared/domain/source-settings.ts';
import type { CredentialReader } from '../credential.ts';
import type { Destination } from '../destination.ts';
import { addressOf } from '../web-address.ts';
import type { DavLimits } from './limits.ts';
import type { DavPlace } from './destination-collections.ts';

/**
 * An account that events, tasks, notes or contacts are put into, as they were.
 *
 * Nothing there is changed or deleted, except the one object that gives way in a `replace`, and that only while it is still the
 * one that was looked at. What names the same event or person and says the same is left alone. No invitations are sent.
 */
export const davDestination = (
  settings: DavSettings,
  credential: CredentialReader,
  place: DavPlace,
  limits?: DavLimits,
): Destination => {
  const where = [place.restoreRoot, place.folder].filter((part) => part !== null).join('/');
  return {
    label: `${settings.user}, ${addressOf(settings).hostname}${where === '' ? '' : `: ${where}`}`,
    open: async (run, making) =>
      (await import('./destination-session.ts')).openDestination({ settings, credential, place, limits, making }, run),
  };
};
