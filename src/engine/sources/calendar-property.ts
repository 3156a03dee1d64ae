import ICAL from 'ical.js';
import { type ContentLine, lineText } from './content-lines.ts';
import type { Component } from './components.ts';

// Days that are not called days, and times that are, are in too many calendars to refuse them.
ICAL.design.strict = false;

/** A property as ical.js understands it, or as plain text where it does not. */
export interface Property {
  /** Names in small letters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly values: readonly unknown[];
}

type Design = 'icalendar' | 'vcard' | 'vcard3';

export const calendarProperty = (line: ContentLine): Property => parsedProperty(lineText(line), 'icalendar');

/** One line at a time: ical.js gives up a whole text for one line that is wrong, and most broken texts have just that one. */
export function parsedProperty(text: string, design: Design): Property {
  try {
    const [, parameters, , ...values] = ICAL.parse.property(text, ICAL.design[design]) as [string, object, string, ...unknown[]];
    return { parameters: textsOf(parameters), values };
  } catch {
    // Any parser may fail on any text; a person can still read it.
    return { parameters: {}, values: [text.slice(text.indexOf(':') + 1)] };
  }
}

function textsOf(parameters: object): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === 'string') texts[name] = value;
    else if (Array.isArray(value)) texts[name] = value.filter((one) => typeof one === 'string').join(',');
  }
  return texts;
}

/** The text of the first property of that name; empty where there is none. */
export function firstText(component: Component, name: string): string {
  const line = component.lines.find((one) => one.name === name);
  return line === undefined ? '' : valueText(calendarProperty(line));
}

export const valueText = ({ values }: Property): string =>
  values.filter((value) => typeof value === 'string' || typeof value === 'number').join(', ');

/** `Anna Berg <anna@example.org>`, as headers of messages have it. */
export function personText({ parameters, values }: Property): string {
  const [value] = values;
  const address = typeof value === 'string' ? value.replace(/^mailto:/i, '') : '';
  const name = parameters['cn'] ?? '';
  if (name === '' || name === address) return address;
  return address === '' ? name : `${name} <${address}>`;
}
