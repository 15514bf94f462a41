/** A virtual call centre as the desk knows it. */
export interface Vdn {
  /** 1 to 5000. */
  number: number;
  /** Its name for people; null when nobody gave it one. */
  name: string | null;
  /** IANA zone of its days, hours and schedules; null when nobody set one: then the asker's counts for questions and UTC for schedules. */
  timeZone: string | null;
  /** ISO 3166-1 alpha-2, to read its callers' national numbers; null: numbers are compared as digits. */
  country: string | null;
}

/** The VDNs that a workspace has named. Where it has named none, any VDN may be asked. */
export interface VdnStore {
  list(teamId: string): Promise<Vdn[]>;
  find(teamId: string, number: number): Promise<Vdn | undefined>;
  /**
   * Adds those that are not there yet, and fills in what nobody has set; never changes what is set. Returns those that
   * differ from what was wished, as they are kept.
   */
  seed(teamId: string, vdns: readonly Vdn[]): Promise<Vdn[]>;
}

export const unnamedVdn = (number: number): Vdn => ({ number, name: null, timeZone: null, country: null });

/** A VDN as people have named it; unnamed where nobody has, or where somebody has removed it. */
export const vdnOf = async (
  vdns: Pick<VdnStore, 'find'>,
  { teamId, vdn }: { teamId: string; vdn: number },
): Promise<Vdn> => (await vdns.find(teamId, vdn)) ?? unnamedVdn(vdn);

/** The zone of its days, hours and schedules: UTC where nobody has set one. */
export const zoneOf = ({ timeZone }: Pick<Vdn, 'timeZone'>): string => timeZone ?? 'UTC';
