import type { StrataErrorCode } from '../../../shared/domain/error-codes.ts';
import { type Retry, StrataError } from '../../../shared/domain/strata-error.ts';

/** What a server said when it did not let somebody in. Its words choose a code and are never shown. */
export interface Refusal {
  /** RFC 5530 and providers' own: AUTHENTICATIONFAILED, LIMIT, WEBALERT. */
  readonly code: string;
  readonly text: string;
}

type Rule = readonly [says: RegExp, code: StrataErrorCode, retry: Retry];

/** Answers of providers and servers, as they were read. The first that fits counts; the more exact ones come first. */
const rules: readonly Rule[] = [
  // Gmail, Zoho; Mail.ru (which says it in Russian, too); iCloud
  [
    /app(?:lication)?[- ]specific password|application password|app password|parol prilozheniya/i,
    'source.app-password-needed',
    'after-user-action',
  ],
  // Gmail
  [
    /log in via your web browser|web login required|please log in with your web browser/i,
    'source.browser-sign-in-needed',
    'after-user-action',
  ],
  // Exchange Online, and servers without passwords
  [
    /basic auth\w* (?:is )?(?:disabled|blocked)|BasicAuthBlocked|use oauth|requires? oauth/i,
    'source.browser-sign-in-needed',
    'after-user-action',
  ],
  // Gmail; Zoho; Yandex; Exchange (a mailbox whose IMAP is off)
  [
    /not enabled for imap|imap (?:access )?is (?:disabled|not enabled|turned off|not allowed)|yet to enable imap|imap4? (?:is )?disabled|does not have access rights to this service|authenticated but not connected|protocol disabled/i,
    'source.switched-off',
    'after-user-action',
  ],
  // Gmail; Dovecot; Courier; Exchange
  [
    /too many (?:simultaneous |concurrent )?(?:connections|sessions)|maximum number of (?:connections|sessions)|connection limit/i,
    'source.too-many-connections',
    'later',
  ],
  // Yahoo; Exchange Online; fail2ban-like front ends
  [
    /rate limit|too many (?:\w+ )*(?:attempts|failures|logins|log-?ins|tries)|login frequency|throttled|back-?off/i,
    'source.too-many-attempts',
    'later',
  ],
  // Gmail
  [/bandwidth limits?|command or bandwidth/i, 'source.throttled', 'later'],
  [/password (?:has |is )?expired|expired password|change your password/i, 'source.password-expired', 'after-user-action'],
  [
    /account (?:\w+ )*(?:locked|suspended|disabled|blocked|deactivated|closed|inactive)|(?:locked|suspended|disabled|blocked) account|unsafe login/i,
    'source.account-locked',
    'after-user-action',
  ],
  // Dovecot whose password database is away; Gmail's “Temporary System Error”
  [/temporar(?:y|ily)|try again later|unavailable|maintenance|server (?:is )?(?:too )?busy|overload/i, 'source.busy', 'later'],
];

/** Where the text fits no rule. A code without an entry is a plain no. */
const byCode: Readonly<Record<string, readonly [StrataErrorCode, Retry]>> = {
  UNAVAILABLE: ['source.busy', 'later'],
  INUSE: ['source.busy', 'later'],
  SERVERBUG: ['source.busy', 'later'],
  LIMIT: ['source.too-many-connections', 'later'],
  OVERQUOTA: ['source.throttled', 'later'],
  EXPIRED: ['source.password-expired', 'after-user-action'],
  CONTACTADMIN: ['source.account-locked', 'after-user-action'],
  WEBALERT: ['source.browser-sign-in-needed', 'after-user-action'],
};

/** Undefined: it says no more than no. Only the beginning of the text is read: what is longer is no answer but an attack. */
export function refusalOf({ code, text }: Refusal): readonly [StrataErrorCode, Retry] | undefined {
  const said = text.slice(0, 500);
  const rule = rules.find(([says]) => says.test(said));
  if (rule !== undefined) return [rule[1], rule[2]];
  return byCode[code.toUpperCase()];
}

export function signInFailure(refusal: Refusal, { host, user }: { host: string; user: string }, cause: unknown): StrataError {
  const [code, retry] = refusalOf(refusal) ?? (['source.sign-in-refused', 'after-user-action'] as const);
  return new StrataError(code, retry, { host, user }, { cause });
}
