import { type ActionFacts, actionFacts } from '../../shared/domain/action.ts';

const isFact = (name: string): name is keyof ActionFacts => actionFacts.some((fact) => fact === name);

/** Puts facts in the place of `{{job}}` and the like. What is no fact's name stays as it is. */
export function filled(text: string, facts: ActionFacts, write: (value: string) => string = (value) => value): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => (isFact(name) ? write(facts[name]) : whole));
}

/** As it stands between the quotes of a JSON text, so that no name of a job can end it. */
export const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);
