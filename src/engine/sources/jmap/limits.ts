import { type WebLimits, webLimits } from '../web-connection.ts';

export interface JmapLimits extends WebLimits {
  /** What is taken into memory of one answer of the API. */
  readonly answerBytes: number;
  /** Emails in one step of a listing, where the server allows as many. */
  readonly emails: number;
  /** A message above this is not taken into memory whole. */
  readonly streamAbove: number;
  /** What is taken into memory of one event or contact. */
  readonly objectBytes: number;
  /** Emails that changed; if there are more, listing all costs less. */
  readonly changes: number;
}

const mebibyte = 1024 * 1024;
export const jmapLimits: JmapLimits = {
  ...webLimits,
  // A large message on a slow line takes its time.
  answerMs: 6 * 3_600_000,
  parallel: 8,
  answerBytes: 16 * mebibyte,
  emails: 500,
  streamAbove: mebibyte,
  objectBytes: 64 * mebibyte,
  changes: 20_000,
};
