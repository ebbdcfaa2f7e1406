import { sql } from '../../../backend/db/index.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { type Caller, createCallers } from './callers.ts';
import { addCompany, type Person } from './company.ts';
import { addPersonal, type PersonalKind } from './personal.ts';
import { addRecords, type OwnedKind } from './records.ts';
import { addSingles, type SingleKind } from './singles.ts';
import { type WriteLog, watchWrites } from './write-log.ts';

/** People who own records, in the order of their worth; `null`, nobody, comes last. */
export const owners = [
  'admin',
  'manager',
  'rep',
  'colleague',
  'junior',
  'stranger',
  'viewer',
  'clerk',
  'powerless',
  'deactivated',
  'invited',
] as const satisfies Person[];

/** A running server with a known company in it, in which every change can be seen and taken back. */
export interface World {
  server: TestServer;
  people: Record<Person, string>;
  callers: readonly Caller[];
  log: WriteLog;
  /** the record of this kind that the person owns; of nobody's for null */
  recordOf(kind: OwnedKind | SingleKind | PersonalKind | 'user', owner: Person | null): string;
  /** first and second stage of the default pipelines, and the pipelines themselves */
  stages: Record<'lead' | 'opportunity', { pipeline: string; first: string; second: string }>;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  // Without a worker, so that nothing but the requests writes.
  const server = await startTestServer({ SALESPULSE_ROLE: 'web' });
  const { database, config } = server;
  const people = await addCompany(server);
  const ids = owners.map((owner) => people[owner]);
  const records = await addRecords(database, ids, config.currency);
  const singles = await addSingles(server);
  const callers = await createCallers(server, people);
  const found = await database.sql.rows<{ entity: 'lead' | 'opportunity'; pipeline: string; stages: string[] }>(sql`
    select p.entity, p.id::text as pipeline, (select json_agg(s.id order by s.position) from stage s where s.pipeline_id = p.id) as stages
    from pipeline p where p.is_default`);
  const stages = Object.fromEntries(
    found.map(({ entity, pipeline, stages: [first, second] }) => [entity, { pipeline, first, second }]),
  ) as World['stages'];
  const personal = await addPersonal(database, ids);
  return {
    server,
    people,
    callers,
    stages,
    log: await watchWrites(database),
    recordOf(kind, owner) {
      const ownerId = owner === null ? '' : people[owner];
      if (kind === 'user') return ownerId;
      if (kind in personal) return personal[kind as PersonalKind].get(ownerId) ?? '';
      if (kind in records) return records[kind as OwnedKind].get(ownerId) ?? '';
      return singles[kind as SingleKind];
    },
    close: () => server.close(),
  };
}
