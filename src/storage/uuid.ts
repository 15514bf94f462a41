const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a uuid column could hold it: PostgreSQL does not look for anything else, it complains. */
export const isUuid = (text: string): boolean => UUID.test(text);
