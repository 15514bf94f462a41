import { fileURLToPath } from 'node:url';

/** The page's script and styles, ready to be served. */
export interface Bundle {
  js: string;
  css: string;
}

/** The development packages are not installed, and so the page cannot be made. */
export class NoBundler extends Error {
  override readonly name = 'NoBundler';
}

const ENTRIES = ['client/main.tsx', 'client/page.css'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Makes the page with esbuild, which is a development package. Throws NoBundler when it or React is not installed. */
export async function bundlePage(): Promise<Bundle> {
  const { build } = await import('esbuild').catch((cause: unknown) => {
    throw new NoBundler(MISSING, { cause });
  });
  const { outputFiles } = await build({
    entryPoints: ENTRIES,
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
  }).catch((cause: unknown) => {
    throw isUnresolved(cause) ? new NoBundler(MISSING, { cause }) : cause;
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { js: textOf('.js'), css: textOf('.css') };
}

const MISSING =
  'The page needs the development packages (esbuild, React), and they are not installed here. Run npm ci without --omit=dev.';

const isUnresolved = (error: unknown) =>
  error instanceof Error && /Could not resolve "(?:react|slack-blocks-to-jsx)/.test(error.message);
