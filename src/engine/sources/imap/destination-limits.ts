import type { ImapFlow } from 'imapflow';
import type { PlaceLimits } from '../destination.ts';

/**
 * What the account has left (RFC 9208), and the largest message that it takes (RFC 7889). A server that says neither may have limits all
 * the same.
 */
export async function limitsOf(client: ImapFlow): Promise<PlaceLimits> {
  const quota = client.capabilities.has('QUOTA') ? await client.getQuota('INBOX').catch(() => false as const) : false;
  const storage =
    typeof quota === 'object' ? (quota.storage as Partial<Record<'usage' | 'limit', number>> | undefined) : undefined;
  const isLimited = storage?.limit !== undefined && storage.limit > 0;
  const largest = client.capabilities.get('APPENDLIMIT');
  return {
    freeBytes: isLimited ? Math.max(0, (storage.limit ?? 0) - (storage.usage ?? 0)) : null,
    largestBytes: typeof largest === 'number' && largest > 0 ? largest : null,
  };
}
