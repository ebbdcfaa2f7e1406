import type { Ageing, Changes } from '../../../backend/contracts/pipeline-reports.ts';
import { type Expectation, listedOwners } from '../support/expectation.ts';
import { placesIn } from '../support/records.ts';
import { owners, type World } from '../support/world.ts';

const EVER = 'from=2020-01-01&to=2199-12-31';

/** Whose open opportunities make up this value: each owner's is another power of two. */
const ownersIn = (value: string | undefined, { people }: World): string[] =>
  placesIn(Number(value ?? 0)).map((place) => {
    const owner = owners[place];
    return owner ? people[owner] : '';
  });

/** The owners that a report is split by. */
const splitOwners = (body: never): string[] =>
  (body as { groups: { key: { id: string | null } }[] }).groups.map(({ key }) => key.id ?? '');

/** Every number of a pipeline is made of the opportunities that `analytics.read` reaches. */
export const pipelineReports: Record<string, Expectation> = {
  getPipelineFunnel: { needs: 'analytics.read', ok: 200, query: `${EVER}&by=owner`, shows: splitOwners },
  getPipelineVelocity: { needs: 'analytics.read', ok: 200, query: `${EVER}&by=owner`, shows: splitOwners },
  getPipelineHealth: { needs: 'analytics.read', ok: 200, query: `${EVER}&by=owner`, shows: splitOwners },
  getPipelineAgeing: {
    needs: 'analytics.read',
    ok: 200,
    shows: (body, world) => ownersIn((body as Ageing).total.value.amount, world),
  },
  getPipelineChanges: {
    needs: 'analytics.read',
    ok: 200,
    query: EVER,
    shows: (body, world) => ownersIn((body as Changes).bars.find(({ bar }) => bar === 'closing')?.value.amount, world),
  },
  listPipelineRecords: {
    needs: 'analytics.read',
    ok: 200,
    query: `${EVER}&set=change&bar=created&limit=200`,
    shows: listedOwners,
  },
};
