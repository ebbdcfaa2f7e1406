import { afterAll, beforeAll, expect, it } from 'vitest';
import { fc } from '../support/fast-check.ts';
import { type FuzzWorld, startFuzzWorld } from './support/fuzz-world.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);

let world: FuzzWorld;

beforeAll(async () => {
  world = await startFuzzWorld();
});
afterAll(() => world?.close());

it(`answers ${RUNS} requests drawn from its own document as the document says (FUZZ_SEED=${SEED})`, async () => {
  const property = fc.asyncProperty(world.drafts, async (draft) => {
    expect(await world.attack(draft)).toBeNull();
  });
  await fc.assert(property, { numRuns: RUNS, seed: SEED });
}, 3_600_000);
