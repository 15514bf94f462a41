import { copyFile, rm } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { backUp } from '../../src/storage/backup.ts';
import { HOUR, it, MINUTE, MR_GREEN, MS_BLACK, modes, SUPPORT } from './scene.ts';

const config = { vdns: [SUPPORT] };

describe('a desk whose database was restored as docs/operating.md says', () => {
  it.for(modes)(
    'knows what the backup knew, and tells again what came after it, over %s',
    async (mode, { databaseUrl, openScene }) => {
      const file = databaseUrl.slice('sqlite:'.length);
      const scene = await openScene(mode, { config: { ...config, databaseUrl } });
      await scene.asks('tom', '#support', 'digest 7 hourly');
      scene.misses(MR_GREEN);
      scene.clock.advance(HOUR);
      const first = await scene.sees('tom', '#support', '+44 20 7946 0101');
      await scene.presses('tom', first, 'Claim');
      const claimed = await scene.becomes('tom', first, 'Claimed by');
      await backUp(file, `${file}.backup`);

      scene.misses(MS_BLACK);
      scene.clock.advance(HOUR);
      const lost = await scene.sees('tom', '#support', '+44 20 7946 0102');
      await scene.restartDesk(async () => {
        for (const end of ['', '-wal', '-shm']) await rm(`${file}${end}`, { force: true });
        await copyFile(`${file}.backup`, file);
        scene.clock.advance(5 * MINUTE);
      });

      // Never lost comes before never repeated: the desk does not know that it has told of her.
      const told = () =>
        scene.readAll('tom', '#support').filter((text) => text.includes('+44 20 7946 0102')).length;
      await scene.fliesUntil(() => told() === 2);
      // A message that the restored database does not know answers a click, and does no harm.
      await scene.presses('tom', lost, 'Claim');
      await scene.sees('tom', '#support', /no longer|not known|out of date|gone/i);
      // Who was claimed before the backup is claimed still.
      await scene.presses('tom', claimed, 'Log result');
      await scene.hasForm('tom', '+44 20 7946 0101');
      expect(told()).toBe(2);
    },
  );
});
