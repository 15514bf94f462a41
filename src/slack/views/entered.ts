import type { OpenView } from '../interactions.ts';

/** What somebody has entered into an input, by its block's id. Every input has one element. */
export function entered({ values }: Pick<OpenView, 'values'>) {
  const element = (blockId: string): Readonly<Record<string, unknown>> => {
    const [first] = Object.values(values[blockId] ?? {});
    return isRecord(first) ? first : {};
  };
  return {
    /** The value of the chosen option. */
    option(blockId: string): string | null {
      const chosen = element(blockId).selected_option;
      return isRecord(chosen) && typeof chosen.value === 'string' ? chosen.value : null;
    },
    /** The values of the chosen options. */
    options(blockId: string): string[] {
      const { selected_options: chosen } = element(blockId);
      return (Array.isArray(chosen) ? chosen : []).flatMap((one) =>
        isRecord(one) && typeof one.value === 'string' ? [one.value] : [],
      );
    },
    /** The people, or the conversations, that were picked. */
    ids(blockId: string): string[] {
      const { selected_users: users, selected_conversations: conversations } = element(blockId);
      const picked = Array.isArray(users) ? users : Array.isArray(conversations) ? conversations : [];
      return picked.filter((one): one is string => typeof one === 'string');
    },
    conversation(blockId: string): string | null {
      const { selected_conversation: conversation } = element(blockId);
      return typeof conversation === 'string' ? conversation : null;
    },
    /** `HH:mm` */
    time(blockId: string): string | null {
      const { selected_time: time } = element(blockId);
      return typeof time === 'string' ? time : null;
    },
    text(blockId: string): string {
      const { value } = element(blockId);
      return typeof value === 'string' ? value : '';
    },
    /** Epoch ms of a date and time that was picked. */
    moment(blockId: string): number | null {
      const seconds = element(blockId).selected_date_time;
      return typeof seconds === 'number' && Number.isSafeInteger(seconds) ? seconds * 1000 : null;
    },
    user(blockId: string): string | null {
      const { selected_user: user } = element(blockId);
      return typeof user === 'string' ? user : null;
    },
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
