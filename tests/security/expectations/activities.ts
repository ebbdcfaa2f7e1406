import type { Expectation } from '../support/expectation.ts';
import type { World } from '../support/world.ts';

type Noun = 'Lead' | 'Opportunity' | 'Account' | 'Contact';

/** Activities, files and timeline of a record: read by those who may see it, written by those who may change it. */
function workOn(noun: Noun): Record<string, Expectation> {
  const kind = noun.toLowerCase() as Lowercase<Noun>;
  const read = { needs: `${kind}.read`, ok: 200, kind } as const;
  const write = { needs: `${kind}.write`, sees: `${kind}.read`, kind } as const;
  // The note and the file of a record bear its own id.
  const own = (world: World, owner: Parameters<World['recordOf']>[1]) => world.recordOf(kind, owner);
  const activity: Pick<Expectation, 'params'> = { params: (world, { owner }) => ({ activityId: own(world, owner) }) };
  const file: Pick<Expectation, 'params'> = { params: (world, { owner }) => ({ attachmentId: own(world, owner) }) };
  return {
    [`list${noun}Activities`]: read,
    [`log${noun}Activity`]: { ...write, ok: 201, body: () => ({ type: 'note', subject: 'Spoke with them' }) },
    [`correct${noun}Activity`]: { ...write, ...activity, ok: 200, body: () => ({ subject: 'Spoke with her' }) },
    [`list${noun}ActivityRevisions`]: { ...read, ...activity },
    [`list${noun}Mentionable`]: read,
    [`get${noun}Timeline`]: read,
    [`list${noun}Attachments`]: read,
    [`add${noun}Attachment`]: {
      ...write,
      ok: 201,
      query: 'fileName=note.txt',
      body: () => 'Hello',
      headers: { 'Content-Type': 'application/octet-stream' },
    },
    [`download${noun}Attachment`]: { ...read, ...file },
    [`remove${noun}Attachment`]: { ...write, ...file, ok: 204 },
  };
}

/** What is written down about records. */
export const activities: Record<string, Expectation> = {
  ...workOn('Lead'),
  ...workOn('Opportunity'),
  ...workOn('Account'),
  ...workOn('Contact'),
  // Whose record is found is tested with the timeline; here it is nobody's.
  resolveRecord: { needs: 'signed-in', ok: 404, query: 'record=lead:01890000-0000-7000-8000-000000000000' },
};
