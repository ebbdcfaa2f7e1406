import type { AsyncCommand } from 'fast-check';
import { expect } from 'vitest';
import type { Lead } from '../../../backend/contracts/leads.ts';
import type { Opportunity } from '../../../backend/contracts/opportunities.ts';
import type { StageEvent } from '../../../backend/contracts/pipelines.ts';
import type { Answer } from '../../support/client.ts';
import { isGone, type Model, type ModelRecord, moneyOf } from './model.ts';
import { fingerprint, paths, type World } from './world.ts';

/** A request with what the model expects of it. */
export interface Attempt {
  status: number;
  send(): Promise<Answer<never>>;
  /** what a success changes in the model; answers the records to look at */
  learn(body: never): ModelRecord[];
}

/** A thing that somebody does. One that is refused must change nothing. */
export abstract class Command implements AsyncCommand<Model, World> {
  /** Undefined: there is nothing to do it to. */
  abstract attempt(model: Model, world: World): Attempt | undefined;

  check(): boolean {
    return true;
  }

  async run(model: Model, world: World): Promise<void> {
    const attempt = this.attempt(model, world);
    if (!attempt) return;
    const before = attempt.status >= 400 ? await fingerprint(world) : '';
    const answer = await attempt.send();
    expect([String(this), answer.status, answer.status === attempt.status ? '' : answer.body]).toEqual([
      String(this),
      attempt.status,
      '',
    ]);
    if (attempt.status >= 400) expect(await fingerprint(world), `${this} was refused`).toBe(before);
    else for (const record of attempt.learn(answer.body)) await expectRecord(world, record);
  }

  toString(): string {
    return `${this.constructor.name}(${JSON.stringify(this).slice(1, -1)})`;
  }
}

/** The record is as the model says, and its history is a chain that ends where it stands. */
export async function expectRecord(world: World, record: ModelRecord): Promise<void> {
  const { admin } = world;
  const path = `/${paths[record.kind]}/${record.id}`;
  const found = await admin.get<Lead & Opportunity>(path);
  if (isGone(record)) return expect(found.status).toBe(404);
  const { stage, stageSince, name, value, amount, converted } = found.body;
  const money = record.kind === 'lead' ? value : amount;
  expect({ name, money, stage: stage.id }).toEqual({
    name: record.name,
    money: moneyOf(record.amount, world),
    stage: record.trail.at(-1),
  });
  if (record.kind === 'lead') expect(converted?.opportunityId ?? null).toBe(record.conversion?.opportunityId ?? null);
  const { items } = (await admin.get<{ items: StageEvent[] }>(`${path}/history`)).body;
  expect(items.map(({ to }) => to.id).reverse()).toEqual(record.trail);
  for (const [index, event] of items.entries()) expect(event.from).toEqual(items[index + 1]?.to ?? null);
  expect(Date.parse(items[0]?.at ?? '')).toBe(Date.parse(stageSince));
}
