/** The first few as they are, and a word for the rest: "a, b, +3 more". */
export function shownOf(items: readonly string[], most: number, more: (count: number) => string): string {
  const rest = items.length - most;
  return (rest > 0 ? [...items.slice(0, most), more(rest)] : items).join(', ');
}
