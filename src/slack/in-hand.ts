/** The answers that are being worked on, so that stopping can wait for them. */
export class InHand {
  readonly #running = new Set<Promise<void>>();

  /** `work` must not reject. */
  add(work: Promise<void>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  /** Resolves once nothing is being worked on. */
  async empty(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
