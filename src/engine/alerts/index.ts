/**
 * Telling people: what goes to which channel and when, and that it arrives.
 *
 * Promises: what was raised is on the disk with everything that is to be sent of it, or not at all; what was confirmed is never sent again;
 * what could not be sent is tried for a day, and then said in the inbox; a person is told of one cause once a day.
 * Refuses: to follow a server elsewhere, to speak to a far one in the open, and to keep or log what lets in at a channel.
 */
export { isNear, placeOf } from './address.ts';
export { AlertDesk, type NewAlert } from './alert-desk.ts';
export { Courier } from './courier.ts';
export type { AlertWords, Message } from './message.ts';
export { sendThrough } from './channels/index.ts';
export { nextTimeOfDayMs } from './wall-clock.ts';
