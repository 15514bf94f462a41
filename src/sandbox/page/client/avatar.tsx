const COLOURS = ['#7a4b94', '#2a6f97', '#b4532a', '#3f7d58', '#9a3d56'];

/** Somebody's picture: the desk's sign, or initials on a colour of their own. */
export function Avatar({ id, name, app = false }: { id: string; name: string; app?: boolean }) {
  if (app)
    return (
      <span className="avatar app" aria-hidden="true">
        <img src="/icon.svg" alt="" />
      </span>
    );
  const initials = name
    .split(' ')
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
  const colour =
    COLOURS[[...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % COLOURS.length];
  return (
    <span className="avatar" style={{ background: colour }} aria-hidden="true">
      {initials}
    </span>
  );
}
