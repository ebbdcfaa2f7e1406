import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { RecordEvent } from '../../backend/contracts/live.ts';
import { readEvents } from '../../widgets/live/read-events.ts';
import { until } from '../conformance/until.ts';
import { signIn } from '../support/client.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { PASSWORD, type PersonKey, people } from '../support/people.ts';

let crm: Crm;
beforeAll(async () => {
  crm = await startCrm();
});
afterAll(() => crm?.close());

/** Opens the person's stream and collects what arrives. */
async function listen(person: PersonKey): Promise<RecordEvent[]> {
  const { url, credential } = await signIn(crm.url, people[person].email, PASSWORD);
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(`${url}/api/v1/events`, { headers: credential, signal: abort.signal });
  const heard: RecordEvent[] = [];
  const body = response.body as ReadableStream<Uint8Array>;
  readEvents(body, (type, data) => {
    if (type === 'record') heard.push(data as RecordEvent);
  }).catch(() => {}); // aborted at the end
  return heard;
}

it.each(['account', 'contact'] as const)(
  'open pages hear of every change of a record of the kind %s, where they may see it',
  async (entity) => {
    const colleague = await listen('colleague');
    const stranger = await listen('stranger');
    const admin = await crm.as('admin');
    const fields = { name: `Heard ${entity}`, ownerId: crm.company.users.rep };
    const { id } = entity === 'account' ? await crm.addAccount('admin', fields) : await crm.addContact('admin', fields);
    const hears = (kind: RecordEvent['kind']) =>
      until(`${entity} ${kind}`, async () => colleague.find((event) => event.id === id && event.kind === kind));
    expect(await hears('created')).toMatchObject({ entity, from: null, isOwn: false });
    await admin.patch(`/${entity}s/${id}`, { name: 'Heard of' });
    await hears('updated');
    await admin.delete(`/${entity}s/${id}`);
    expect(await hears('deleted')).toMatchObject({ to: null });
    await admin.post(`/${entity}s/${id}/restore`);
    await hears('restored');
    expect(stranger).toEqual([]);
  },
);
