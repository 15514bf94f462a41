import { describe, expect, it } from 'vitest';
import { authV2 } from '../../src/cms/authorizer.ts';
import { KEYS, NOW } from './loopback.ts';

describe('the auth-v2 authorizer', () => {
  it('gives one header, for the time that it is told', async () => {
    const request = {
      method: 'POST',
      path: '/p',
      query: {},
      signedHeaders: { host: 'cms.example.com' },
      body: '{}',
    };
    expect(await authV2(KEYS).authorize(request, NOW)).toEqual({
      authorization: expect.stringMatching(
        /^auth-v2\/AKEXAMPLE0001\/2026-11-23T09:00:00Z\/host\/[0-9a-f]{64}$/,
      ),
    });
  });

  it.each(['', 'with space', 'line\nbreak', 'slash/inside', 'ключ'])(
    'refuses the access key %j, naming the setting',
    (accessKey) => {
      expect(() => authV2({ ...KEYS, accessKey })).toThrow(/CMS_ACCESS_KEY/);
    },
  );

  it('refuses an empty secret key, naming the setting', () => {
    expect(() => authV2({ ...KEYS, secretKey: '' })).toThrow(/CMS_SECRET_KEY/);
  });
});
