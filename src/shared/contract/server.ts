import { type Failure, failureOf, StrataError } from '../domain/strata-error.ts';
import { type CallName, calls, type Handlers } from './calls.ts';
import type { Notice, NoticeName } from './notices.ts';
import { type Carrier, protocolVersion, wireMessage } from './wire.ts';

export interface Server {
  announce<Name extends NoticeName>(name: Name, notice: Notice<Name>): void;
  close(): void;
}

/** The engine's end of the contract: parses what comes, answers each call exactly once, errors as data. */
export function serveCalls(
  carrier: Carrier,
  handlersFor: (from: 'window' | 'command') => Handlers,
  onBug: (error: unknown) => void,
  onClose: () => void,
): Server {
  let open = true;
  let handlers = handlersFor('command');

  const refuse = (id: number, failure: Failure): void => carrier.send({ type: 'refusal', id, failure });

  const answer = async (id: number, name: CallName, input: unknown): Promise<void> => {
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue ? issue.path.join('.') : '';
      if (open) refuse(id, { code: 'input.invalid', retry: 'never', facts: { call: name, field: where } });
      return;
    }
    try {
      const handler = handlers[name] as (argument: unknown) => Promise<unknown>;
      const value = await handler(parsed.data);
      if (open) carrier.send({ type: 'reply', id, ok: true, value });
    } catch (error) {
      if (!(error instanceof StrataError)) onBug(error);
      if (open) refuse(id, failureOf(error));
    }
  };

  carrier.listen(
    (raw) => {
      const message = wireMessage.safeParse(raw);
      if (!message.success) return onBug(message.error);
      if (message.data.type === 'call') void answer(message.data.id, message.data.name, message.data.input);
      else if (message.data.type === 'hello') {
        if (message.data.protocol !== protocolVersion) carrier.close();
        else if (message.data.from !== undefined) handlers = handlersFor(message.data.from);
      }
    },
    () => {
      open = false;
      onClose();
    },
  );
  carrier.send({ type: 'hello', protocol: protocolVersion });

  return {
    announce(name, notice) {
      if (open) carrier.send({ type: 'notice', name, value: notice });
    },
    close() {
      open = false;
      carrier.close();
    },
  };
}
