import { noLimits, type SourceLimits, type WithLimits } from '../shared/domain/source-limits.ts';
import { StrataError } from '../shared/domain/strata-error.ts';
import type { Context } from './context.ts';
import { parseSize } from './sizes.ts';

export interface LimitOptions {
  readonly maxRequests?: string;
  readonly maxRate?: string;
}

/** What is not given stays as it was; `off` takes a limit away. */
export function limitsFrom(context: Context, { maxRequests, maxRate }: LimitOptions, before: WithLimits | undefined): WithLimits {
  const old = before?.limits ?? noLimits;
  const limits: SourceLimits = {
    requestsPerSecond:
      maxRequests === undefined ? old.requestsPerSecond : maxRequests === 'off' ? null : count(context, maxRequests),
    bytesPerSecond:
      maxRate === undefined ? old.bytesPerSecond : maxRate === 'off' ? null : parseSize(maxRate.replace(/\/s$/i, '')),
  };
  return limits.requestsPerSecond === null && limits.bytesPerSecond === null ? {} : { limits };
}

function count(context: Context, text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new StrataError('usage.invalid', 'never', { reason: context.say('notACount', { text }) });
}

/** For people; nothing where there is no limit. */
export function limitText({ say, formats }: Context, { limits = noLimits }: WithLimits): string | undefined {
  const { requestsPerSecond, bytesPerSecond } = limits;
  const parts = [
    ...(requestsPerSecond === null ? [] : [say('requestsPerSecond', { count: requestsPerSecond })]),
    ...(bytesPerSecond === null ? [] : [say('bytesPerSecond', { bytes: formats.bytes(bytesPerSecond) })]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
