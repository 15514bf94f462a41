import type { ReactNode } from 'react';

// Slack shows emoji as pictures of its own, the same on every machine. These are the ones that the desk uses; all others
// are left to the machine's fonts.

const PICTURES: Record<string, { label: string; picture: ReactNode }> = {
  telephone_receiver: {
    label: 'telephone',
    picture: (
      <path
        d="M5.2 2.6c.9-.7 2.100-.4 2.700.5l1.300 2.300c.4.8.2 1.600-.4 2.200l-.9.8c.9 1.900 2.400 3.300 4.200 4.100l.8-.9c.6-.6 1.500-.8 2.200-.3l2.200 1.400c.9.6 1.100 1.800.4 2.700-1.400 1.800-3.700 2.300-5.800 1.300-4-1.900-6.700-4.700-8.300-8.500-.9-2.100-.2-4.300 1.600-5.600z"
        fill="#d6455d"
      />
    ),
  },
  tada: {
    label: 'party',
    picture: (
      <>
        <path d="M3 17 7.500 6.500l6 6z" fill="#f0b429" />
        <path
          d="m5 12.500 3.500 3.200M6.300 9.500l5.200 4.300"
          stroke="#c2410c"
          strokeWidth="1.300"
          fill="none"
        />
        <path
          d="M11 7c.5-2 1.500-3 3-3.500M13 9.500c1.500-1 2.500-1.300 4-1M12 3l.6 1.500"
          stroke="#2f80c2"
          strokeWidth="1.400"
          fill="none"
          strokeLinecap="round"
        />
        <circle cx="16.500" cy="5" r="1.100" fill="#d6455d" />
        <circle cx="9" cy="4" r="1" fill="#2ca58d" />
        <circle cx="16" cy="12.500" r="1" fill="#8b5cf6" />
      </>
    ),
  },
  white_check_mark: {
    label: 'done',
    picture: (
      <>
        <rect x="2" y="2" width="16" height="16" rx="3" fill="#2ca56b" />
        <path
          d="m5.500 10.300 3 3L14.500 7"
          stroke="#fff"
          strokeWidth="2.200"
          fill="none"
          strokeLinecap="round"
        />
      </>
    ),
  },
  x: {
    label: 'wrong',
    picture: <path d="m4 4 12 12M16 4 4 16" stroke="#d6455d" strokeWidth="3.200" strokeLinecap="round" />,
  },
  paperclip: {
    label: 'file',
    picture: (
      <path
        d="m14.500 9.500-5.300 5.300a3 3 0 0 1-4.300-4.300l6.400-6.400a2 2 0 0 1 2.900 2.900l-6.100 6a1 1 0 0 1-1.500-1.400l5-5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.400"
        strokeLinecap="round"
      />
    ),
  },
  red_circle: { label: 'red', picture: <circle cx="10" cy="10" r="7.500" fill="#d6455d" /> },
  warning: {
    label: 'warning',
    picture: (
      <>
        <path
          d="M10 2.500c.6 0 1 .3 1.300.8l6.500 11.700c.6 1-.1 2.200-1.300 2.200h-13c-1.200 0-1.900-1.200-1.300-2.200L8.700 3.300c.3-.5.700-.8 1.300-.8z"
          fill="#f4b740"
        />
        <path d="M10 7v5" stroke="#3b2a00" strokeWidth="1.800" strokeLinecap="round" />
        <circle cx="10" cy="14.600" r="1.100" fill="#3b2a00" />
      </>
    ),
  },
};

/** The picture of an emoji; what the library makes of it where there is none. */
export function emojiPicture(name: string, otherwise: () => ReactNode): ReactNode {
  const known = PICTURES[name];
  if (!known) return otherwise();
  return (
    <svg className="emoji" viewBox="0 0 20 20" role="img" aria-label={known.label}>
      {known.picture}
    </svg>
  );
}
