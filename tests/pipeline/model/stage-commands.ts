import type { Attempt } from './command.ts';
import { choose, isGone, isWon, type Model, type ModelRecord, moneyOf, newRecord, recordOf, stageOf } from './model.ts';
import { OnRecord } from './record-commands.ts';
import { paths, placesOf, type World } from './world.ts';

export class Move extends OnRecord {
  readonly stage: number;
  readonly says: boolean;
  constructor(which: number, stage: number, says: boolean) {
    super(which);
    this.stage = stage;
    this.says = says;
  }

  protected onRecord(record: ModelRecord, model: Model, world: World): Attempt {
    const { kind, id } = record;
    const places = placesOf(world, kind);
    const [from, to] = [places.find((one) => one.id === record.trail.at(-1)), places[this.stage % places.length]];
    if (!from || !to) throw new Error('no stages');
    const isExplained = this.says;
    const says = isExplained ? { lostReasonId: world.reasons[kind], lostNote: 'So they said' } : {};
    const enters = to.kind === 'won' && from.kind !== 'won';
    const leaves = to.kind !== 'won' && from.kind === 'won';
    const status = () => {
      if (isGone(record)) return 404;
      if (this.says && to.kind !== 'lost') return 422;
      if (to.id !== from.id && to.asksLostReason && !this.says && !record.hasReason) return 422;
      if (kind === 'lead' && leaves) return 409;
      if (kind === 'opportunity' && enters && record.amount === null) return 422;
      return 200;
    };
    return {
      status: status(),
      send: () => world.admin.post(`/${paths[kind]}/${id}/stage`, { stageId: to.id, ...says }),
      learn(body: { converted?: { opportunityId: string } | null }) {
        record.hasReason = to.kind === 'lost' && (isExplained || record.hasReason);
        if (to.id !== from.id) record.trail.push(to.id);
        if (kind === 'opportunity' && enters && record.amount !== null) record.sales = [record.amount];
        if (leaves) record.sales = [];
        const opportunityId = body.converted?.opportunityId;
        if (kind !== 'lead' || !enters || !opportunityId) return [record];
        record.conversion = { opportunityId, isNew: true, fromStageId: from.id };
        const made = bornOf(record, opportunityId, world);
        model.records.push(made);
        return [record, made];
      },
    };
  }
}

/** The opportunity that a lead becomes, in the first stage of its pipeline. */
export function bornOf(lead: ModelRecord, id: string, world: World): ModelRecord {
  const start = world.pipelines.find(({ entity, isDefault }) => entity === 'opportunity' && isDefault)?.stages[0];
  if (!start) throw new Error('no stage to begin with');
  const { company, amount } = lead;
  return newRecord({ kind: 'opportunity', id, name: company ?? lead.name, company: null, amount, trail: [start.id] });
}

abstract class OnLead extends OnRecord {
  protected override fits(record: ModelRecord): boolean {
    return record.kind === 'lead' && !isGone(record);
  }

  override attempt(model: Model, world: World): Attempt | undefined {
    const leads = { ...model, records: model.records.filter(({ kind }) => kind === 'lead') };
    const record = choose(leads.records, this.which, (one) => this.fits(one));
    return record && this.onRecord(record, model, world);
  }
}

export class Convert extends OnLead {
  readonly how: 'new' | 'alone' | 'linked';
  readonly other: number;
  constructor(which: number, how: 'new' | 'alone' | 'linked', other: number) {
    super(which);
    this.how = how;
    this.other = other;
  }

  protected override fits(record: ModelRecord): boolean {
    return super.fits(record) && record.conversion === null;
  }

  protected onRecord(lead: ModelRecord, model: Model, world: World): Attempt {
    const opportunities = model.records.filter(({ kind }) => kind === 'opportunity');
    const linked = this.how === 'linked' ? choose(opportunities, this.other, (one) => !isGone(one)) : undefined;
    const isNew = this.how === 'new';
    const name = `${lead.name} wants it`;
    const request = { ...(isNew && { opportunity: { name } }), ...(linked && { opportunityId: linked.id }) };
    const place = stageOf(world, lead);
    const won = placesOf(world, 'lead').find((one) => one.pipelineId === place.pipelineId && one.kind === 'won');
    if (!won) throw new Error('no won stage');
    return {
      status: isGone(lead) ? 404 : lead.conversion ? 409 : linked && isGone(linked) ? 422 : 200,
      send: () => world.admin.post(`/leads/${lead.id}/convert`, request),
      learn({ opportunity }: { opportunity: { id: string } | null }) {
        lead.conversion = { opportunityId: opportunity?.id ?? null, isNew, fromStageId: place.id };
        lead.trail.push(won.id);
        lead.hasReason = false;
        if (!isNew || !opportunity) return linked ? [lead, linked] : [lead];
        const made = { ...bornOf(lead, opportunity.id, world), name };
        model.records.push(made);
        return [lead, made];
      },
    };
  }
}

export class UndoConvert extends OnLead {
  protected override fits(record: ModelRecord): boolean {
    return super.fits(record) && record.conversion !== null;
  }

  protected onRecord(lead: ModelRecord, model: Model, world: World): Attempt {
    const { conversion } = lead;
    const opportunityId = conversion?.opportunityId ?? null;
    const opportunity = opportunityId === null ? null : recordOf(model, opportunityId);
    const isBooked = opportunity !== null && !isGone(opportunity) && isWon(world, opportunity);
    return {
      status: isGone(lead) ? 404 : !conversion || isBooked ? 409 : 200,
      send: () => world.admin.post(`/leads/${lead.id}/convert/undo`),
      learn() {
        if (!conversion) throw new Error('a conversion that is not there was undone');
        lead.conversion = null;
        lead.trail.push(conversion.fromStageId);
        if (!opportunity) return [lead];
        const isShared =
          model.records.some((one) => one.conversion?.opportunityId === opportunity.id) ||
          model.merges.some((merge) => merge.survivorId === opportunity.id && !merge.isUndone);
        if (conversion.isNew && !isGone(opportunity) && !isShared) opportunity.isDeleted = true;
        return [lead, opportunity];
      },
    };
  }
}

/** Wins an opportunity, or says anew what was sold. */
export class Win extends OnRecord {
  readonly lines: readonly number[];
  readonly isAnew: boolean;
  constructor(which: number, lines: readonly number[], isAnew: boolean) {
    super(which);
    this.lines = lines;
    this.isAnew = isAnew;
  }

  override attempt(model: Model, world: World): Attempt | undefined {
    const opportunities = model.records.filter(({ kind }) => kind === 'opportunity');
    const fits = (one: ModelRecord) => !isGone(one) && isWon(world, one) === this.isAnew;
    const record = choose(opportunities, this.which, fits);
    return record && this.onRecord(record, model, world);
  }

  protected onRecord(record: ModelRecord, _: Model, world: World): Attempt {
    const { admin } = world;
    const wasWon = isWon(world, record);
    const given = this.isAnew && this.lines.length === 0 ? [100] : this.lines;
    const lines = given.map((cents) => ({ product: null, amount: moneyOf(cents, world) }));
    const sales = given.length > 0 ? [...given] : record.amount === null ? [] : [record.amount];
    const place = stageOf(world, record);
    const won = placesOf(world, 'opportunity').find((one) => one.pipelineId === place.pipelineId && one.kind === 'won');
    if (!won) throw new Error('no won stage');
    const path = `/opportunities/${record.id}/win`;
    return {
      status: isGone(record) ? 404 : wasWon !== this.isAnew ? 409 : sales.length === 0 ? 422 : 200,
      send: () => (this.isAnew ? admin.put(path, { lines }) : admin.post(path, { lines })),
      learn() {
        record.sales = sales;
        record.amount = sales.reduce((sum, one) => sum + one, 0);
        if (!wasWon) record.trail.push(won.id);
        record.hasReason = false;
        return [record];
      },
    };
  }
}
