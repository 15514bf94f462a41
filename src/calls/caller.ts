/** How a caller is shown. */
export interface CallerDisplay {
  /** phone: can be dialled; social: a user's id on a platform; other: an id of another medium (mail, fax, chat); withheld: no number. */
  kind: 'phone' | 'social' | 'other' | 'withheld';
  /** What to show: the international form of a number, the id as it came, or "" when withheld. */
  text: string;
  /** E.164, only for a phone number that libphonenumber-js holds valid. */
  e164: string | null;
}
