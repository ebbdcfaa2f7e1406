import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import { type Attempt, Command } from './command.ts';
import { choose, isGone, isWon, type Model, type ModelRecord, moneyOf, newRecord } from './model.ts';
import { paths, placesOf, type World } from './world.ts';

const TAGS = ['VIP', 'Fair', 'North'];
let serial = 0;

export class Create extends Command {
  readonly kind: PipelineEntity;
  readonly amount: number | null;
  readonly stage: number;
  constructor(kind: PipelineEntity, amount: number | null, stage: number) {
    super();
    this.kind = kind;
    this.amount = amount;
    this.stage = stage;
  }

  attempt(model: Model, world: World): Attempt {
    const { kind, amount } = this;
    const places = placesOf(world, kind);
    const place = places[this.stage % places.length];
    if (!place) throw new Error('no stages');
    serial += 1;
    const name = `${kind} ${serial}`;
    const tags = TAGS.slice(0, this.stage % 3);
    const stageId = place.id;
    const company = kind === 'lead' && this.stage % 2 === 0 ? `Company ${this.stage % 4}` : null;
    const money = { [kind === 'lead' ? 'value' : 'amount']: moneyOf(amount, world) };
    return {
      status: place.kind === 'won' || place.asksLostReason ? 422 : 201,
      send: () => world.admin.post(`/${paths[kind]}`, { name, stageId, tags, ...(company && { company }), ...money }),
      learn({ id }: { id: string }) {
        const record = newRecord({ kind, id, name, company, amount, trail: [stageId] });
        model.records.push(record);
        return [record];
      },
    };
  }
}

/** Something done to one record. */
export abstract class OnRecord extends Command {
  readonly which: number;
  constructor(which: number) {
    super();
    this.which = which;
  }

  protected fits(record: ModelRecord): boolean {
    return !isGone(record);
  }

  attempt(model: Model, world: World): Attempt | undefined {
    const record = choose(model.records, this.which, (one) => this.fits(one));
    return record && this.onRecord(record, model, world);
  }

  protected abstract onRecord(record: ModelRecord, model: Model, world: World): Attempt;
}

export class Edit extends OnRecord {
  readonly amount: number | null;
  readonly percent: number | null;
  constructor(which: number, amount: number | null, percent: number | null) {
    super(which);
    this.amount = amount;
    this.percent = percent;
  }

  protected onRecord(record: ModelRecord, _: Model, world: World): Attempt {
    const { kind, id, sales } = record;
    const { amount, percent } = this;
    const isBooked = !isGone(record) && kind === 'opportunity' && isWon(world, record);
    const refused = isBooked && sales.length > 1 ? 409 : isBooked && amount === null ? 422 : 200;
    const money = moneyOf(amount, world);
    const fields =
      kind === 'lead' ? { value: money } : { amount: money, probability: percent === null ? null : percent / 100 };
    return {
      status: isGone(record) ? 404 : refused,
      send: () => world.admin.patch(`/${paths[kind]}/${id}`, fields),
      learn() {
        record.amount = amount;
        if (kind === 'opportunity') record.percent = percent;
        if (isBooked && amount !== null) record.sales = [amount];
        return [record];
      },
    };
  }
}

export class Delete extends OnRecord {
  protected onRecord(record: ModelRecord, _: Model, world: World): Attempt {
    const isBooked = record.kind === 'opportunity' && isWon(world, record);
    return {
      status: isGone(record) ? 404 : isBooked ? 409 : 204,
      send: () => world.admin.delete(`/${paths[record.kind]}/${record.id}`),
      learn() {
        record.isDeleted = true;
        return [record];
      },
    };
  }
}

export class Restore extends OnRecord {
  protected override fits({ isDeleted }: ModelRecord): boolean {
    return isDeleted;
  }

  protected onRecord(record: ModelRecord, _: Model, world: World): Attempt {
    return {
      status: record.isDeleted ? 200 : 404,
      send: () => world.admin.post(`/${paths[record.kind]}/${record.id}/restore`),
      learn() {
        record.isDeleted = false;
        return [record];
      },
    };
  }
}

/** Notes, plans and files something on a record, which must never come to hang on nothing. */
export class Hang extends OnRecord {
  readonly what: 'task' | 'note' | 'file';
  constructor(which: number, what: 'task' | 'note' | 'file') {
    super(which);
    this.what = what;
  }

  protected onRecord(record: ModelRecord, _: Model, { admin }: World): Attempt {
    const path = `/${paths[record.kind]}/${record.id}`;
    const requests = {
      task: () => admin.post<never>(`${path}/tasks`, { title: 'Call' }),
      note: () => admin.post<never>(`${path}/activities`, { type: 'note', subject: 'Heard of it' }),
      file: () =>
        admin.call<never>('POST', `${path}/attachments?fileName=note.txt`, {
          body: 'What was said.',
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
    };
    return { status: isGone(record) ? 404 : 201, send: requests[this.what], learn: () => [record] };
  }
}
