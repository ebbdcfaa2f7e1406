import fc from 'fast-check';

/**
 * fast-check with new cases at each local run and the same ones in CI, where a red run must be due to the change that
 * it tests. `FAST_CHECK_SEED` repeats a run.
 */
const { CI, FAST_CHECK_SEED } = process.env;
const seed = FAST_CHECK_SEED ?? (CI === undefined ? undefined : '20261122');
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

export { fc };
