/** What is due when: calendar arithmetic and nothing else. No timer, no clock of its own. */
export { isDue, nextDueMs, type Schedule } from './due.ts';
