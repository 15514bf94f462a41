import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeMetadata, encodeMetadata } from '../../../src/slack/views/metadata.ts';
import { OUTBOX_ID } from '../messages/examples.ts';

it('is read back as it was written', () => {
  const id = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
  const outboxId = fc.option(fc.uuid(), { nil: null });
  const any = fc.record({ callbackId: id, seen: fc.option(id, { nil: null }), outboxId });
  fc.assert(
    fc.property(any, (metadata) => {
      expect(decodeMetadata(encodeMetadata(metadata))).toEqual(metadata);
    }),
  );
});

it.each([
  '',
  'null',
  '{}',
  '[]',
  `[2,7,3,"${OUTBOX_ID}"]`,
  `[1,0,3,"${OUTBOX_ID}"]`,
  `[1,7.5,3,"${OUTBOX_ID}"]`,
  `[1,7,"3","${OUTBOX_ID}"]`,
  '[1,7,3,"x"]',
  `[1,7,3,"${OUTBOX_ID}",1]`,
])('is nothing the desk has written: %s', (text) => {
  expect(decodeMetadata(text)).toBeUndefined();
});

it('never throws', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void decodeMetadata(text)));
});
