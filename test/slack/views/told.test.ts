import { expect, it } from 'vitest';
import { settingsTold } from '../../../src/slack/views/settings/told.ts';
import { toldView } from '../../../src/slack/views/told.ts';
import { english } from '../messages/examples.ts';

it('has a title that people can read, in the settings too', () => {
  expect(toldView('It is gone.', english).title.text).toBe('Call back');
  expect(settingsTold('It is gone.', english).title.text).toBe('Settings');
});
