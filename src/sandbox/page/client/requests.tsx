import { isObject } from '../../slack/json.ts';
import type { RequestShown } from '../scene.ts';
import { timeOf, useReader } from './person-context.ts';
import { SignatureParts } from './signature-parts.tsx';
import { useFetched } from './use-fetched.ts';

/** The last requests of the desk to the contact centre. */
export function Requests({ count }: { count: number }) {
  const reader = useReader();
  const got = useFetched<{ requests: RequestShown[] }>('/api/requests', count);
  if (got && got.requests.length === 0)
    return (
      <p className="faint lead">
        Nothing yet. The contact centre is asked when somebody asks the desk, and for each digest.
      </p>
    );
  return (
    <>
      <p className="faint lead">What the desk asked the contact centre, newest first.</p>
      <ul className="records">
        {got?.requests.map((request) => (
          <li key={request.id}>
            <details>
              <summary>
                <span className={`verdict ${request.verdict === 'answered' ? 'good' : 'bad'}`}>
                  {request.status ?? 'dropped'}
                </span>
                <span className="record-title">{summaryOf(request)}</span>
                <time>{timeOf(request.at, reader)}</time>
                <small>{whyOf(request)}</small>
              </summary>
              <h3>Body</h3>
              <pre>{JSON.stringify(request.body, null, 2)}</pre>
              {request.signature && <SignatureParts signature={request.signature} />}
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

function summaryOf({ body, path }: RequestShown): string {
  if (!isObject(body)) return path;
  const page = Number(body.offset) > 0 ? `, from row ${Number(body.offset)}` : '';
  const calls = { true: ', calls in', false: ', calls out' }[String(body.isCallIn)] ?? '';
  return `VDN ${String(body.vdn)}${calls}${page}`;
}

function whyOf({ verdict, why, faults }: RequestShown): string {
  if (verdict !== 'fault') return why;
  return `You let it fail: ${faults.join(', ')}`;
}
