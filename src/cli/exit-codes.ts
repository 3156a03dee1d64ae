import type { RunStatus } from '../shared/domain/run.ts';
import type { StrataErrorCode } from '../shared/domain/error-codes.ts';

/** What scripts can count on. Never change the meaning of one. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  warnings: 3,
  refused: 4,
  wrongKey: 5,
  damage: 6,
  stopped: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const special: Partial<Record<StrataErrorCode, ExitCode>> = {
  'usage.invalid': exitCodes.usage,
  'input.invalid': exitCodes.usage,
  'storage.wrong-password': exitCodes.wrongKey,
  'storage.wrong-recovery-key': exitCodes.wrongKey,
  'storage.recovery-key-malformed': exitCodes.wrongKey,
  'storage.needs-password': exitCodes.wrongKey,
  'storage.key-renewed': exitCodes.wrongKey,
  'storage.last-key': exitCodes.refused,
  'storage.locked': exitCodes.refused,
  'storage.lock-lost': exitCodes.refused,
  'storage.went-back': exitCodes.refused,
  'storage.owned-elsewhere': exitCodes.refused,
  'storage.adopted-away': exitCodes.refused,
  'storage.read-only': exitCodes.refused,
  'storage.is-a-copy': exitCodes.refused,
  'storage.moved': exitCodes.refused,
  'storage.is-a-mirror': exitCodes.refused,
  'mirror.inside': exitCodes.refused,
  'mirror.not-empty': exitCodes.refused,
  'mirror.origin-differs': exitCodes.refused,
  'storage.no-room-to-repair': exitCodes.refused,
  'storage.in-use': exitCodes.refused,
  'source.in-use': exitCodes.refused,
  'source.here-already': exitCodes.refused,
  'source.empty': exitCodes.refused,
  'source.swapped': exitCodes.refused,
  'removal.clock-ahead': exitCodes.refused,
  'removal.clock-behind': exitCodes.refused,
  'removal.needs-confirmation': exitCodes.refused,
  'removal.plan-changed': exitCodes.refused,
  'removal.frozen': exitCodes.refused,
  'removal.newest-moment': exitCodes.refused,
  'removal.source-in-use': exitCodes.refused,
  'removal.origin-unsure': exitCodes.refused,
  'run.already-running': exitCodes.refused,
  'rehearsal.already-running': exitCodes.refused,
  'confirmation.needed': exitCodes.refused,
  'sign-in.cancelled': exitCodes.stopped,
  'storage.damaged': exitCodes.damage,
  'storage.record-damaged': exitCodes.damage,
  'storage.limit-exceeded': exitCodes.damage,
  'restore.item-damaged': exitCodes.damage,
  'rehearsal.unequal': exitCodes.damage,
  'storage.read-flickers': exitCodes.warnings,
};

export const exitCodeOf = (code: StrataErrorCode): ExitCode => special[code] ?? exitCodes.failed;

/** Of a run that ended, where no failure says more. */
export function exitCodeOfStatus(status: RunStatus): ExitCode {
  switch (status) {
    case 'success':
      return exitCodes.done;
    case 'warning':
      return exitCodes.warnings;
    case 'stopped':
    case 'paused':
      return exitCodes.stopped;
    case 'running':
    case 'failed':
    case 'interrupted':
      return exitCodes.failed;
  }
}
