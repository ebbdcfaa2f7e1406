import type { Account, Contact } from '../../backend/contracts/customers.ts';
import type { Lead } from '../../backend/contracts/leads.ts';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { PipelineEntity, Stage } from '../../backend/contracts/pipelines.ts';
import { sql } from '../../backend/db/index.ts';
import { CheckedClient } from './checked-client.ts';
import { type Answer, signIn } from './client.ts';
import { PASSWORD, type PersonKey } from './people.ts';
import { startTestServer, type TestServer } from './server.ts';

type Fields = Record<string, unknown>;
type StageName = 'New' | 'Qualified' | 'Converted' | 'Discovery' | 'Proposal' | 'Negotiation' | 'Won' | 'Lost';

/** A server whose answers are all checked, with short ways to make records. */
export interface Crm extends Omit<TestServer, 'as' | 'anonymous'> {
  anonymous: CheckedClient;
  as(person: PersonKey): Promise<CheckedClient>;
  /** somebody with a role of just these permissions and guarded groups of fields; e-mail and phone unless told */
  withRole(
    permissions: Record<string, string>,
    team?: 'North' | 'South',
    fieldGroups?: readonly string[],
  ): Promise<CheckedClient>;
  pipelines: Record<PipelineEntity, string>;
  /** stages of the default pipelines by name */
  stages: Record<PipelineEntity, Record<StageName, string>>;
  addLead(by: PersonKey, fields?: Fields): Promise<Lead>;
  addOpportunity(by: PersonKey, fields?: Fields): Promise<Opportunity>;
  addAccount(by: PersonKey, fields?: Fields): Promise<Account>;
  addContact(by: PersonKey, fields?: Fields): Promise<Contact>;
  /** how many rows each of these tables has: what must not change when a request is refused */
  rowCounts(): Promise<Record<string, number>>;
}

const TABLES = ['lead', 'opportunity', 'account', 'contact', 'sale', 'stage_event', 'audit_entry', 'task', 'activity'];

export async function startCrm(environment: NodeJS.ProcessEnv = {}): Promise<Crm> {
  const server = await startTestServer(environment);
  const { database } = server;
  const { routes } = server.runtime.app;
  const as = async (person: PersonKey) => new CheckedClient(await server.as(person), routes);
  const found = await database.sql.rows<Stage & { entity: PipelineEntity; pipelineId: string }>(sql`
    select p.entity, p.id::text as "pipelineId", s.id::text as id, s.name from stage s join pipeline p on p.id = s.pipeline_id`);
  const of = (entity: PipelineEntity) => found.filter((stage) => stage.entity === entity);
  const byName = (entity: PipelineEntity) =>
    Object.fromEntries(of(entity).map(({ name, id }) => [name, id])) as Record<StageName, string>;
  const add =
    <T>(path: string) =>
    async (by: PersonKey, fields: Fields = {}): Promise<T> => {
      const answer: Answer<T> = await (await as(by)).post<T>(path, { name: 'Somebody', ...fields });
      if (answer.status !== 201)
        throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    };
  let roles = 0;
  return {
    ...server,
    anonymous: new CheckedClient(server.anonymous, routes),
    as,
    async withRole(permissions, team, fieldGroups = ['personal']) {
      roles += 1;
      const email = `role${roles}@example.com`;
      await database.sql.rows(sql`
        with role as (insert into role (key, name, permissions, field_groups)
          values (${`role-${roles}`}, ${`Role ${roles}`}, ${JSON.stringify(permissions)}::jsonb, ${fieldGroups}::text[])
          returning id)
        insert into app_user (email, name, role_id, team_id, password_hash, email_verified_at)
        select ${email}, ${`Person of role ${roles}`}, role.id, ${team ? server.company.teams[team] : null}::uuid, u.password_hash, now()
        from role, app_user u where u.email = 'admin@example.com'`);
      return new CheckedClient(await signIn(server.url, email, PASSWORD), routes);
    },
    pipelines: { lead: of('lead')[0]?.pipelineId ?? '', opportunity: of('opportunity')[0]?.pipelineId ?? '' },
    stages: { lead: byName('lead'), opportunity: byName('opportunity') },
    addLead: add<Lead>('/leads'),
    addOpportunity: add<Opportunity>('/opportunities'),
    addAccount: add<Account>('/accounts'),
    addContact: add<Contact>('/contacts'),
    async rowCounts() {
      const counts = TABLES.map((table) => `select '${table}' as name, count(*)::int as rows from ${table}`);
      const { rows } = await database.executeSql(counts.join(' union all '));
      return Object.fromEntries((rows as { name: string; rows: number }[]).map(({ name, rows: n }) => [name, n]));
    },
  };
}

/** The pointers of a problem's errors, in order. */
export const pointersOf = (answer: Answer<unknown>): string[] =>
  ((answer.body as { errors?: { pointer: string }[] }).errors ?? []).map(({ pointer }) => pointer).sort();

/** An id that nothing has. */
export const NOBODY = '01890000-0000-7000-8000-000000000000';
