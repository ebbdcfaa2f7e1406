import type { z } from 'zod';
import { type Actor, isAllowed, scopeOf } from '../access/index.ts';
import {
  BULK_AT_ONCE,
  BULK_MAX,
  type BulkChange,
  bulkAcceptedSchema,
  bulkRequestOf,
  bulkResultSchema,
  customerBulkRequestOf,
} from '../contracts/bulk.ts';
import { accountUpdateSchema, contactUpdateSchema } from '../contracts/customers.ts';
import { leadUpdateSchema } from '../contracts/leads.ts';
import { opportunityUpdateSchema } from '../contracts/opportunities.ts';
import {
  accountFilterShape,
  contactFilterShape,
  leadFilterShape,
  opportunityFilterShape,
} from '../contracts/record-filters.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute, forbidden, ProblemError, type Reply } from '../http/index.ts';
import { createJobRepository, enqueueJob, presentJob } from '../jobs/index.ts';
import { filterContext } from '../pipeline/index.ts';
import { BULK_JOB, summary } from './bulk.job.ts';
import { changeOne, permissionFor } from './bulk.service.ts';
import type { BulkTarget, BulkTargets } from './bulk-targets.ts';

interface BulkRequest<Filter> {
  ids?: string[] | undefined;
  filter?: Filter | undefined;
  change: BulkChange;
}

/** Changes of many records of a kind at a time. */
export function bulkRoutes(deps: Dependencies, targets: BulkTargets): AnyRoute[] {
  const { database } = deps;

  async function idsOf<Filter>(
    target: BulkTarget<Filter>,
    { principal }: Actor,
    { ids, filter }: BulkRequest<Filter>,
  ): Promise<string[]> {
    if (ids) return [...new Set(ids)];
    const { kind } = target;
    const reach = scopeOf(principal, kind.read);
    const found = await target.listedIds(
      database.sql,
      reach,
      filterContext(deps, principal),
      filter ?? ({} as Filter),
      BULK_MAX + 1,
    );
    if (found.length <= BULK_MAX) return found;
    throw new ProblemError(
      'too_large',
      `No more than ${BULK_MAX} records can be changed in one go. Narrow the list first.`,
    );
  }

  async function run<Filter>(target: BulkTarget<Filter>, actor: Actor, request: BulkRequest<Filter>): Promise<Reply> {
    const { kind } = target;
    const { change } = request;
    if (!isAllowed(actor.principal, permissionFor(target, change)))
      throw forbidden(`do this to ${kind.entity} records`);
    const ids = await idsOf(target, actor, request);
    if (ids.length <= BULK_AT_ONCE) {
      const items = [];
      for (const id of ids) items.push(await changeOne(deps, target, actor, id, change));
      return { body: summary(items, items) };
    }
    const input = { entity: kind.entity, ids, change };
    const jobId = await database.transaction((tx) =>
      enqueueJob(tx, { kind: BULK_JOB, input, requestedBy: actor.principal }),
    );
    const job = await createJobRepository(database.sql).find(jobId);
    if (!job) throw new Error(`The job ${jobId} was not stored.`);
    return { status: 202, body: { job: presentJob(job), total: ids.length } };
  }

  const route = <Filter>(
    target: BulkTarget<Filter>,
    path: `/${string}`,
    tag: string,
    body: z.ZodType<BulkRequest<Filter>>,
  ): AnyRoute =>
    defineRoute({
      method: 'post',
      path: `${path}/bulk`,
      operationId: `bulkChange${tag}`,
      tag,
      summary: `Change many at a time; more than ${BULK_AT_ONCE} become a job`,
      access: target.kind.write,
      body,
      responses: { 200: bulkResultSchema, 202: bulkAcceptedSchema },
      handler: ({ actor, body: request }) => run(target, actor, request),
    });
  return [
    route(targets.lead, '/leads', 'Leads', bulkRequestOf(leadUpdateSchema, leadFilterShape)),
    route(
      targets.opportunity,
      '/opportunities',
      'Opportunities',
      bulkRequestOf(opportunityUpdateSchema, opportunityFilterShape),
    ),
    route(targets.account, '/accounts', 'Accounts', customerBulkRequestOf(accountUpdateSchema, accountFilterShape)),
    route(targets.contact, '/contacts', 'Contacts', customerBulkRequestOf(contactUpdateSchema, contactFilterShape)),
  ];
}
