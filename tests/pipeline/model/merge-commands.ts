import { type Attempt, Command } from './command.ts';
import { choose, isGone, isWon, type Model, type ModelMerge, type ModelRecord, recordOf } from './model.ts';
import type { World } from './world.ts';

export class Merge extends Command {
  readonly survivor: number;
  readonly absorbed: readonly number[];
  constructor(survivor: number, absorbed: readonly number[]) {
    super();
    this.survivor = survivor;
    this.absorbed = absorbed;
  }

  attempt(model: Model, world: World): Attempt | undefined {
    const survivor = choose(model.records, this.survivor, (one) => !isGone(one));
    if (!survivor) return;
    const { kind } = survivor;
    const others = model.records.filter((one) => one.kind === kind && (one !== survivor || this.survivor % 8 === 0));
    const absorbed = [...new Set(this.absorbed.map((which) => choose(others, which, (one) => !isGone(one))))].filter(
      (one) => one !== undefined,
    );
    if (absorbed.length === 0) return;
    return {
      status: statusOf(survivor, absorbed, world),
      send: () =>
        world.admin.post('/merges', {
          entity: kind,
          survivorId: survivor.id,
          absorbedIds: absorbed.map(({ id }) => id),
        }),
      learn({ id }: { id: string }) {
        model.merges.push(absorb(model, id, survivor, absorbed));
        return [survivor, ...absorbed, ...leadsOf(model, survivor.id)];
      },
    };
  }
}

function statusOf(survivor: ModelRecord, absorbed: readonly ModelRecord[], world: World): number {
  if (absorbed.includes(survivor)) return 422;
  if ([survivor, ...absorbed].some(isGone)) return 404;
  return absorbed.some((one) => isWon(world, one)) ? 409 : 201;
}

const leadsOf = ({ records }: Model, opportunityId: string): ModelRecord[] =>
  records.filter(({ conversion }) => conversion?.opportunityId === opportunityId);

function absorb(model: Model, id: string, survivor: ModelRecord, absorbed: readonly ModelRecord[]): ModelMerge {
  const first = (field: 'amount' | 'percent') =>
    survivor[field] === null ? (absorbed.map((one) => one[field]).find((value) => value !== null) ?? null) : null;
  const [tookAmount, tookPercent] = [first('amount'), first('percent')];
  survivor.amount ??= tookAmount;
  survivor.percent ??= tookPercent;
  const leads: ModelMerge['leads'] = [];
  for (const one of absorbed) {
    one.mergedInto = survivor.id;
    for (const lead of leadsOf(model, one.id)) {
      leads.push({ leadId: lead.id, from: one.id });
      if (lead.conversion) lead.conversion.opportunityId = survivor.id;
    }
  }
  const { kind } = survivor;
  const absorbedIds = absorbed.map((one) => one.id);
  return { id, kind, survivorId: survivor.id, absorbedIds, tookAmount, tookPercent, leads, isUndone: false };
}

export class UndoMerge extends Command {
  readonly which: number;
  constructor(which: number) {
    super();
    this.which = which;
  }

  attempt(model: Model, world: World): Attempt | undefined {
    const merge = choose(model.merges, this.which, ({ isUndone }) => !isUndone);
    if (!merge) return;
    const survivor = recordOf(model, merge.survivorId);
    const later = model.merges.slice(model.merges.indexOf(merge) + 1);
    const hasLater = later.some((one) => one.survivorId === merge.survivorId && !one.isUndone);
    const isRefused = merge.isUndone || hasLater || isGone(survivor);
    return {
      status: merge.isUndone && isGone(survivor) ? 404 : isRefused ? 409 : 200,
      send: () => world.admin.post(`/merges/${merge.id}/undo`),
      learn() {
        takeBack(model, merge, survivor, merge.kind === 'opportunity' && isWon(world, survivor));
        const leads = merge.leads.map(({ leadId }) => recordOf(model, leadId));
        return [survivor, ...merge.absorbedIds.map((id) => recordOf(model, id)), ...leads];
      },
    };
  }
}

/** What was sold stays the amount of an opportunity that was won since. */
function takeBack(model: Model, merge: ModelMerge, survivor: ModelRecord, isBooked: boolean): void {
  merge.isUndone = true;
  if (merge.tookAmount !== null && survivor.amount === merge.tookAmount && !isBooked) survivor.amount = null;
  if (merge.tookPercent !== null && survivor.percent === merge.tookPercent) survivor.percent = null;
  for (const id of merge.absorbedIds) recordOf(model, id).mergedInto = null;
  for (const { leadId, from } of merge.leads) {
    const { conversion } = recordOf(model, leadId);
    if (conversion?.opportunityId === merge.survivorId) conversion.opportunityId = from;
  }
}
