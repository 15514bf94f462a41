import type { GuideShown, StepId } from './scene.ts';

const STEPS: readonly StepId[] = ['ask', 'claim', 'switch', 'subscribe', 'ring', 'hour'];

/** What was done with the page, told as it happens. */
export type Deed =
  | { kind: 'command'; text: string }
  | { kind: 'click'; actionId: string }
  | { kind: 'switch' }
  | { kind: 'ring' }
  | { kind: 'clock' };

/** The guided start: its steps tick off in whatever order they are done. */
export interface Guide {
  did(deed: Deed): void;
  dismiss(): void;
  shown(): GuideShown;
}

export function createGuide(): Guide {
  const done = new Set<StepId>();
  let dismissed = false;
  return {
    did(deed) {
      const step = stepOf(deed);
      // An hour that passes before anybody subscribed shows nothing.
      if (step === undefined || (step === 'hour' && !done.has('subscribe'))) return;
      if (step === 'switch' && !done.has('claim')) return;
      done.add(step);
    },
    dismiss() {
      dismissed = true;
    },
    shown: () => ({ steps: STEPS.map((id) => ({ id, done: done.has(id) })), dismissed }),
  };
}

function stepOf(deed: Deed): StepId | undefined {
  switch (deed.kind) {
    case 'command': {
      const [command, first = ''] = deed.text.trim().toLowerCase().split(/\s+/);
      if (command !== '/missed' || first === '' || first === 'help') return undefined;
      if (first !== 'digest') return 'ask';
      return /\b(?:list|pause|resume|remove|now)\b/i.test(deed.text) ? undefined : 'subscribe';
    }
    case 'click':
      return deed.actionId.startsWith('claim:') ? 'claim' : undefined;
    case 'switch':
      return 'switch';
    case 'ring':
      return 'ring';
    case 'clock':
      return 'hour';
  }
}
