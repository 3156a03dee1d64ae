import type { useWords } from '../../words/index.ts';

/** IMAP's own flags in words (RFC 9051, section 2.3.2); keywords as they are. */
export function flagWord(t: ReturnType<typeof useWords>, flag: string): string {
  switch (flag.toLowerCase()) {
    case '\\seen':
      return t('browse.unreadFlag');
    case '\\flagged':
      return t('browse.flagged');
    case '\\answered':
      return t('browse.answered');
    default:
      return flag.replace(/^\\/, '');
  }
}
