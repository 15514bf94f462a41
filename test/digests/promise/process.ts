import { setImmediate } from 'node:timers/promises';

/** What a test lets a database say once. */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
}

/**
 * Lets one process at a time do one thing at a time: which one is next is chosen, so that what two desks do on one
 * database is woven together in another way each time, and in the same way for the same seed.
 */
export class Weaver {
  readonly #waiting: (() => Promise<void>)[] = [];
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Does the thing when it is its turn. */
  turn<T>(thing: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#waiting.push(() => thing().then(resolve, reject));
    return promise;
  }

  /** Until all of it has ended. */
  async weave(works: readonly Promise<unknown>[]): Promise<void> {
    let ended = false;
    const all = Promise.allSettled(works).then(() => {
      ended = true;
    });
    while (!ended) {
      await setImmediate();
      const [next] = this.#waiting.splice(this.#choose(this.#waiting.length), 1);
      await next?.();
    }
    await all;
  }

  #choose(count: number): number {
    if (count < 2) return 0;
    // A linear congruential generator (Numerical Recipes); its upper bits are the better ones.
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * count);
  }
}

/** What befalls a process at one of its operations. */
export interface Fate {
  atOp: number;
  how: 'dies before' | 'dies after' | 'fails';
}

/** A desk's process: what it does to the world around it goes through here, and it may die at any of it. */
export class Process {
  readonly #weaver: Weaver;
  readonly #death = Promise.withResolvers<'died'>();
  readonly died: Promise<'died'> = this.#death.promise;
  #fate: Fate | null = null;
  #dead = false;

  constructor(weaver: Weaver) {
    this.#weaver = weaver;
  }

  /** Of its operations from now on, the one with this number (from 0). */
  will(fate: Fate): void {
    this.#fate = fate;
  }

  /** What has not yet befallen it, and will not any more. */
  reprieve(): Fate[] {
    const left = this.#fate ? [this.#fate] : [];
    this.#fate = null;
    return left;
  }

  /** The same port, as the process uses it. What `except` names is not an operation of its own. */
  using<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => this.#operation(() => Reflect.apply(member, target, args));
      },
    });
  }

  /** Every next item is an operation. */
  usingEach<A, T>(
    iterate: (argument: A) => AsyncGenerator<T, void, void>,
  ): (argument: A) => AsyncIterable<T> {
    const operation = <R>(thing: () => Promise<R>) => this.#operation(thing);
    return async function* (argument) {
      const items = iterate(argument);
      for (;;) {
        const item = await operation(() => items.next());
        if (item.done) return;
        yield item.value;
      }
    };
  }

  async #operation<T>(thing: () => Promise<T>): Promise<T> {
    const fate = this.#fate?.atOp === 0 ? this.#fate.how : null;
    if (this.#fate) this.#fate = fate ? null : { ...this.#fate, atOp: this.#fate.atOp - 1 };
    if (fate === 'dies before') this.#die();
    if (this.#dead) return await never;
    const done = await this.#weaver.turn(async () => {
      // It may have died while this waited for its turn.
      if (this.#dead) return undefined;
      if (fate === 'fails') throw new DatabaseFailure('disk full');
      return { of: await thing() };
    });
    if (fate === 'dies after') this.#die();
    return this.#dead || !done ? await never : done.of;
  }

  #die(): void {
    this.#dead = true;
    this.#death.resolve('died');
  }
}

/** Nothing happens any more in a process that is dead: whoever waits for it waits for ever. */
const never = new Promise<never>(() => {});
