/**
 * Shares an answer among those who ask the same while it is on its way; the next who asks begins anew, so that nobody is told
 * what was so before they asked for longer than one answer takes.
 */
export function shareInFlight<K, V>(
  ask: (key: K) => Promise<V>,
  nameOf: (key: K) => string = String,
): (key: K) => Promise<V> {
  const onTheWay = new Map<string, Promise<V>>();
  return (key) => {
    const name = nameOf(key);
    const known = onTheWay.get(name);
    if (known) return known;
    const asked = ask(key).finally(() => onTheWay.delete(name));
    onTheWay.set(name, asked);
    return asked;
  };
}
