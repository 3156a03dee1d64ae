import type { SourceSettings } from '../../shared/domain/source-settings.ts';
import type { Failure } from '../../shared/domain/strata-error.ts';
import type { Life, StoredSource } from '../catalog/index.ts';
import type { CertificateListener, SeenCertificate } from '../sources/certificate.ts';
import type { Parts } from './parts.ts';

/** What lets Strata in at a source and runs out, or has: said before a backup fails for it. */
export interface Ending {
  readonly kind: 'sign-in-ended' | 'sign-in-ends' | 'certificate-ends';
  readonly failure: Failure;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Somebody else has to renew a certificate, a sign-in takes its owner a minute. */
const certificateAheadMs = 14 * dayMs;
const signInAheadMs = 3 * dayMs;
/**
 * What lives for days only is renewed all the time, and would be said to end for ever: a certificate by the last third of its life, when
 * its keepers should have seen to it (RFC 9773 lets authorities name such a time), a sign-in by its last fifth.
 */
const certificatePart = 3;
const signInPart = 5;

export function endingsOf({ name, settings, signInEnded, signInLife, certificates = {} }: StoredSource, nowMs: number): Ending[] {
  const isApproved = 'certificateSha256' in settings && settings.certificateSha256 !== null;
  const ofCertificates = Object.entries(certificates).flatMap(([host, life]): Ending[] => {
    if (!isShown(host, settings, certificates) || nowMs < life.untilMs - aheadOf(life, certificateAheadMs, certificatePart))
      return [];
    const code = nowMs < life.untilMs ? 'ends' : 'ended';
    const what = isApproved ? 'approved' : 'certificate';
    return [{ kind: 'certificate-ends', failure: failure(`source.${what}-${code}`, { host, hours: hoursTo(life, nowMs) }) }];
  });
  return [...signInEnding(name, signInEnded ?? false, signInLife, nowMs), ...ofCertificates];
}

/**
 * A mailbox and its server of filter scripts mostly show the same certificate, and where a person approved one they have to: it is told
 * of once. One of a port that is asked no more never comes again, and would be said to end for ever.
 */
function isShown(host: string, settings: SourceSettings, certificates: Readonly<Record<string, Life>>): boolean {
  if (settings.kind !== 'imap' || host === settings.host) return true;
  const [own, scripts] = [certificates[settings.host], certificates[host]];
  if (settings.certificateSha256 !== null || host !== `${settings.host}:${settings.sievePort}`) return false;
  return own?.fromMs !== scripts?.fromMs || own?.untilMs !== scripts?.untilMs;
}

function signInEnding(source: string, hasEnded: boolean, life: Life | undefined, nowMs: number): Ending[] {
  if (hasEnded) return [{ kind: 'sign-in-ended', failure: failure('source.sign-in-expired', { source }) }];
  if (life === undefined || nowMs < life.untilMs - aheadOf(life, signInAheadMs, signInPart)) return [];
  // Over by its own time: whether that is so, the provider says when it is asked next.
  if (nowMs >= life.untilMs) return [{ kind: 'sign-in-ended', failure: failure('source.sign-in-expired', { source }) }];
  return [{ kind: 'sign-in-ends', failure: failure('source.sign-in-ends', { source, hours: hoursTo(life, nowMs) }) }];
}

const aheadOf = ({ fromMs, untilMs }: Life, mostMs: number, part: number): number => Math.min(mostMs, (untilMs - fromMs) / part);

const hoursTo = ({ untilMs }: Life, nowMs: number): number => Math.max(1, Math.round(Math.abs(untilMs - nowMs) / hourMs));

const failure = (code: Failure['code'], facts: Failure['facts']): Failure => ({ code, retry: 'after-user-action', facts });

export const isSameServer = (one: SourceSettings, other: SourceSettings): boolean => serverOf(one) === serverOf(other);

const serverOf = (settings: SourceSettings): string =>
  'host' in settings ? `${settings.host}:${settings.port}` : 'url' in settings ? settings.url : '';

/** Writes down how long the certificates are good that the source's servers show. */
export function certificateBook(
  { store, changed }: Pick<Parts, 'store' | 'changed'>,
  id: StoredSource['id'],
): CertificateListener {
  return ({ host, fromMs, untilMs }: SeenCertificate): void => {
    const source = store.sources().find((other) => other.id === id);
    const known = source?.certificates?.[host];
    if (source === undefined || (known?.fromMs === fromMs && known.untilMs === untilMs)) return;
    store.putSource({ ...source, certificates: { ...source.certificates, [host]: { fromMs, untilMs } } });
    changed('sources');
  };
}

/** A provider counts what is left anew with each answer: only an end that is moved begins another life. */
export function lifeOf(untilMs: number, before: Life | undefined, nowMs: number): Life {
  return before !== undefined && Math.abs(before.untilMs - untilMs) < hourMs / 4 ? before : { fromMs: nowMs, untilMs };
}
