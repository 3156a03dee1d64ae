import { Checkbox } from '@mantine/core';
import { type AlertEvent, alertEvents } from '../../shared/domain/alert.ts';
import { useWords } from '../words/index.ts';
import css from './events-field.module.css';

interface Props {
  readonly label: string;
  readonly events: readonly AlertEvent[];
  readonly onChange: (events: readonly AlertEvent[]) => void;
}

/** What is told, one by one, always in the same order. */
export function EventsField({ label, events, onChange }: Props) {
  const t = useWords();
  const toggle = (event: AlertEvent, isOn: boolean): void =>
    onChange(alertEvents.filter((one) => (one === event ? isOn : events.includes(one))));
  return (
    <fieldset className={css['events']}>
      <legend>{label}</legend>
      {alertEvents.map((event) => (
        <Checkbox
          key={event}
          label={t(`alerts.events.${event}`)}
          checked={events.includes(event)}
          onChange={({ currentTarget }) => toggle(event, currentTarget.checked)}
        />
      ))}
    </fieldset>
  );
}
