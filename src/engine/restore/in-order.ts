/** Tells of things in the order in which they were begun, whatever the order in which they end. */
export class InOrder {
  #begun: { tell: (() => void) | undefined }[] = [];
  #told = 0;

  /** The answer is to be called once, when it is known what there is to tell. */
  begin(): (tell: () => void) => void {
    const slot: { tell: (() => void) | undefined } = { tell: undefined };
    this.#begun.push(slot);
    return (tell) => {
      slot.tell = tell;
      this.#tellOn();
    };
  }

  #tellOn(): void {
    for (let next = this.#begun[this.#told]; next?.tell !== undefined; next = this.#begun[this.#told]) {
      this.#told += 1;
      next.tell();
    }
    if (this.#told * 2 < this.#begun.length) return;
    this.#begun = this.#begun.slice(this.#told);
    this.#told = 0;
  }
}
