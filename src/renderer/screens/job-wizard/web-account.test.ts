import { describe, expect, it } from 'vitest';
import { firstAnswers } from './answers.ts';
import { atServer, type WebProposal, isServer, proposalsFor } from './web-account.ts';

const proposal = (service: WebProposal['service'], url: string): WebProposal => ({
  ...{ service, url, user: 'anna@nord.example', origin: 'srv', certainty: 'likely', isForeign: false, signIn: ['password'] },
});
const calendars = proposal('caldav', 'https://dav.nord.example/');
const contacts = proposal('carddav', 'https://cards.nord.example/');

describe('the server of calendars and contacts', () => {
  it('is the one that was found for what is wanted', () => {
    const found = { domain: 'nord.example', provider: null, proposals: [contacts, calendars], asked: [] };
    expect(proposalsFor('calendars', found)).toEqual([calendars]);
    expect(proposalsFor('contacts', found)).toEqual([contacts]);
  });

  it('is filled in with the user that the domain names', () => {
    const answers = { ...firstAnswers, address: ' anna@nord.example ' };
    expect(atServer(answers, calendars)).toMatchObject({ url: 'https://dav.nord.example/', user: 'anna@nord.example' });
    expect(atServer(answers, undefined)).toMatchObject({ url: '', user: 'anna@nord.example' });
  });

  it('is the one that was typed, and then nobody is guessed to be its user', () => {
    expect(atServer({ ...firstAnswers, address: ' http://localhost:5232 ' }, undefined)).toMatchObject({
      url: 'http://localhost:5232',
      user: '',
    });
  });

  it('is no word without a dot, and no address with a password in it', () => {
    expect(['dav.nord.example', 'nas:5232', 'https://nas/dav/', '[::1]:5232'].map(isServer)).toEqual([true, true, true, true]);
    expect(['', 'anna', 'https://anna:secret@nas/', 'two words.example'].map(isServer)).toEqual([false, false, false, false]);
  });
});
