import { webLimits, type WebLimits } from '../web-connection.ts';

export interface DavLimits extends WebLimits {
  /** What is taken into memory of one object. */
  readonly objectBytes: number;
}
export const davLimits: DavLimits = { ...webLimits, objectBytes: 64 * 1024 * 1024 };
