import { useEffect, useState } from 'react';
import { get } from './wire.ts';

/** What the path gives, fetched again whenever `version` changes; the last one stays until the next is there. */
export function useFetched<T>(path: string, version: number): T | undefined {
  const [value, setValue] = useState<T>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version is why it is fetched again.
  useEffect(() => {
    let wanted = true;
    get<T>(path).then(
      (got) => wanted && setValue(got),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [path, version]);
  return value;
}
