import { afterEach, describe, expect, it, vi } from 'vitest';
import { bundlePage, NoBundler } from '../../../src/sandbox/page/bundle.ts';

afterEach(() => {
  vi.doUnmock('esbuild');
});

describe('the page’s bundle', () => {
  it('holds the page and its styles, and asks for nothing else', async () => {
    const { js, css } = await bundlePage();
    expect(js).not.toMatch(/^import /m);
    expect(css).not.toContain('@import');
    expect(css).toContain('prefers-color-scheme');
  });

  it('says what is missing where the development packages are', async () => {
    vi.doMock('esbuild', () => {
      throw new Error("Cannot find package 'esbuild'");
    });
    await expect(bundlePage()).rejects.toThrow(NoBundler);
    await expect(bundlePage()).rejects.toThrow(/Run npm ci without --omit=dev/);
  });
});
