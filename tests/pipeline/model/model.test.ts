import type { AsyncCommand } from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { fc } from '../../support/fast-check.ts';
import { expectInvariants } from './invariants.ts';
import { Merge, UndoMerge } from './merge-commands.ts';
import type { Model } from './model.ts';
import { Create, Delete, Edit, Hang, Restore } from './record-commands.ts';
import { Convert, Move, UndoConvert, Win } from './stage-commands.ts';
import { emptyStore, startWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.crm.close());

const which = fc.nat(40);
const cents = fc.integer({ min: 1, max: 1_000_000 });
const amount = fc.option(cents);
const percent = fc.option(fc.integer({ min: 0, max: 100 }));
const kind = fc.constantFrom('lead' as const, 'opportunity' as const);
const how = fc.constantFrom('new' as const, 'new' as const, 'linked' as const, 'alone' as const);

const commands = [
  fc.tuple(kind, amount, which).map((args) => new Create(...args)),
  fc.tuple(kind, amount, fc.constant(0)).map((args) => new Create(...args)),
  fc.tuple(which, amount, percent).map((args) => new Edit(...args)),
  fc.tuple(which, which, fc.boolean()).map((args) => new Move(...args)),
  fc.tuple(which, which, fc.constant(false)).map((args) => new Move(...args)),
  fc.tuple(which, fc.array(which, { minLength: 1, maxLength: 2 })).map((args) => new Merge(...args)),
  which.map((one) => new UndoMerge(one)),
  fc.tuple(which, how, which).map((args) => new Convert(...args)),
  which.map((one) => new UndoConvert(one)),
  fc.tuple(which, fc.array(cents, { maxLength: 2 }), fc.boolean()).map((args) => new Win(...args)),
  which.map((one) => new Delete(one)),
  which.map((one) => new Restore(one)),
  fc.tuple(which, fc.constantFrom('task' as const, 'note' as const, 'file' as const)).map((args) => new Hang(...args)),
];
const beginning = () => [
  new Create('lead', 1050, 0),
  new Create('lead', null, 2),
  new Create('opportunity', 20_000, 0),
  new Create('opportunity', null, 1),
];

async function take(steps: Iterable<AsyncCommand<Model, World>>): Promise<void> {
  await emptyStore(world);
  const model: Model = { records: [], merges: [] };
  await fc.asyncModelRun(() => ({ model, real: world }), steps);
  await expectInvariants(model, world);
}

describe('leads and opportunities', () => {
  it.each<[string, AsyncCommand<Model, World>[]]>([
    [
      'an opportunity is won for an amount that a merge gave it, and the merge is undone',
      [
        new Create('opportunity', null, 0),
        new Create('opportunity', 500, 0),
        new Merge(2, [0]),
        new Win(0, [], false),
        new UndoMerge(0),
      ],
    ],
    [
      'two leads became one opportunity, and both conversions are undone',
      [
        new Create('lead', 100, 0),
        new Create('lead', null, 0),
        new Convert(0, 'new', 0),
        new Convert(0, 'linked', 0),
        new UndoConvert(0),
        new UndoConvert(0),
      ],
    ],
    [
      'what a lead became was merged into another opportunity, and the conversion is undone',
      [
        new Create('lead', 100, 0),
        new Create('opportunity', 700, 0),
        new Convert(0, 'new', 0),
        new Merge(1, [0]),
        new UndoConvert(0),
        new UndoMerge(0),
      ],
    ],
  ])('are sound after %s', (_, steps) => take(steps));

  it('are as their histories, boards and books say after whatever people did, and refusals change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 40, size: 'max' }), (steps) =>
        take([...beginning(), ...steps]),
      ),
      // A case that is found is told after a minute, however small it has become by then.
      { numRuns: 6, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);
});
