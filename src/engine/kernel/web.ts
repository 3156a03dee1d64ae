/** One question to a web server. */
export interface WebRequest {
  /** https, unless the port was opened for near servers. */
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface WebAnswer {
  readonly status: number;
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * For small questions about an account and small messages, not for data: encrypted, to a server that the system trusts, never led on to another
 * one by a redirection, with a deadline and a limit to what is read. A failure is the error of the socket (`code`).
 */
export interface Web {
  ask(request: WebRequest): Promise<WebAnswer>;
}
