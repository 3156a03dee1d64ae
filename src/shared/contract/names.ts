import { type CallName, calls } from './calls.ts';
import { type NoticeName, notices } from './notices.ts';

export const callNames = Object.keys(calls) as [CallName, ...CallName[]];
export const noticeNames = Object.keys(notices) as [NoticeName, ...NoticeName[]];
