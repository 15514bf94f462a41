import type { Office } from '../../src/sandbox/office.ts';

/** What a page of the desk's answered. */
export interface Page {
  status: number;
  text: string;
  headers: Headers;
}

/** An installation that a browser has begun. */
export interface Begun {
  /** Slack's page, where people allow the app. */
  address: string;
  cookie: string;
}

/** A browser without a screen, with the cookie that it is given each time. */
export function browserAt({ desk, slack }: Pick<Office, 'desk' | 'slack'>) {
  async function get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    const response = await fetch(`http://127.0.0.1:${desk.port}${path}`, { redirect: 'manual', headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  async function begins(): Promise<Begun> {
    const { status, headers } = await get('/slack/install');
    if (status !== 302) throw new Error(`The installation begins with ${status}`);
    const [cookie = ''] = (headers.get('set-cookie') ?? '').split(';', 1);
    return { address: headers.get('location') ?? '', cookie };
  }

  /** Where Slack sends it back to, when somebody there has decided. */
  const decides = (
    address: string,
    { teamId, userId, allow = true }: { teamId: string; userId: string; allow?: boolean },
  ) => {
    const back = new URL(slack.oauth.decide(address, { allow, teamId, userId }));
    return back.pathname + back.search;
  };

  const returns = (path: string, cookie: string) => get(path, cookie === '' ? {} : { cookie });

  return {
    get,
    begins,
    decides,
    returns,
    /** All the way. */
    async installs(teamId: string, userId: string): Promise<Page> {
      const { address, cookie } = await begins();
      return returns(decides(address, { teamId, userId }), cookie);
    },
  };
}
