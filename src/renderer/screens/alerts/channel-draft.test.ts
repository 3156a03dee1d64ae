import { describe, expect, it } from 'vitest';
import { usualEvents } from '../../../shared/domain/alert.ts';
import { alertCalls } from '../../../shared/contract/alerts.ts';
import { addedKinds, type ChannelDraft, definitionOf, draftOf, isWhole, secretOf, withKind } from './channel-draft.ts';

const whole: Partial<ChannelDraft> = {
  name: 'W',
  host: 'smtp.example',
  from: 'strata@example.org',
  to: 'a@example.org, b@example.org',
  url: 'https://gotify.example',
  chat: '42',
  secret: 'https://hooks.example/secret',
};

describe('a way to tell somebody', () => {
  it.each(addedKinds)('%s: what the form takes for whole, the contract takes', (kind) => {
    const draft = withKind({ ...draftOf(null), ...whole }, kind);
    expect(isWhole(draft, true)).toBe(true);
    expect(alertCalls['alert.addChannel'].input.safeParse(definitionOf(draft, true)).success).toBe(true);
  });

  it.each(addedKinds)('%s: is not whole without what it needs', (kind) => {
    expect(isWhole(withKind({ ...draftOf(null), ...whole, name: ' ' }, kind), true)).toBe(false);
    const needed = { email: { to: 'nobody' }, gotify: { url: '' }, telegram: { chat: '' } }[kind as string] ?? { secret: '' };
    expect(isWhole({ ...withKind({ ...draftOf(null), ...whole }, kind), ...needed }, true)).toBe(false);
  });

  it('needs a password only where somebody signs in, and when it is edited none at all', () => {
    const mail = { ...draftOf(null), ...whole, kind: 'email' as const, secret: '' };
    expect(secretOf(mail)).toBeNull();
    expect(isWhole(mail, true)).toBe(true);
    expect(isWhole({ ...mail, user: 'anna' }, true)).toBe(false);
    expect(isWhole({ ...mail, user: 'anna' }, false)).toBe(true);
    expect(definitionOf({ ...mail, user: 'anna' }, true).secret).toBeNull();
  });

  it('takes the events that are usual for its kind, unless somebody chose', () => {
    expect(withKind(draftOf(null), 'healthchecks').events).toEqual(usualEvents('healthchecks'));
    expect(withKind({ ...draftOf(null), events: ['late'] }, 'healthchecks').events).toEqual(['late']);
  });
});
