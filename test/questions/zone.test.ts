import { describe, expect, it } from 'vitest';
import { zoneFor } from '../../src/questions/zone.ts';

describe('the zone of a question', () => {
  it('is the VDN’s', () => {
    expect(zoneFor({ timeZone: 'Asia/Shanghai' }, 'Europe/Berlin')).toEqual({
      timeZone: 'Asia/Shanghai',
      of: 'vdn',
    });
  });

  it('is the asker’s where the VDN has none', () => {
    expect(zoneFor({ timeZone: null }, 'Europe/Berlin')).toEqual({ timeZone: 'Europe/Berlin', of: 'asker' });
  });

  it('is UTC where nobody has one that this machine knows', () => {
    expect(zoneFor({ timeZone: null }, null)).toEqual({ timeZone: 'UTC', of: 'asker' });
    expect(zoneFor({ timeZone: 'Mars/Base' }, 'Moon/Base')).toEqual({ timeZone: 'UTC', of: 'asker' });
  });
});
