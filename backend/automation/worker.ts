import { dispatchChanges } from './dispatch.ts';
import { advanceRuns, type EngineDependencies } from './engine.ts';
import { sweepClock } from './sweep.ts';

const TICK_MS = 1_000;
const SWEEP_MS = 30_000;

/** Works off what rules have to do until nothing is left. `isStopping`: asked between any two pieces of work. */
export async function workOff(deps: EngineDependencies, isStopping: () => boolean = () => false): Promise<void> {
  for (;;) {
    const changes = await dispatchChanges(deps);
    if (isStopping()) return;
    const steps = await advanceRuns(deps);
    if (isStopping() || (changes === 0 && steps === 0)) return;
  }
}

/** Runs rules in this process until it is stopped. Any number of processes may. */
export function startAutomationWorker(deps: EngineDependencies): () => Promise<void> {
  let isStopping = false;
  let sweptAt = 0;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;

  const work = async (): Promise<void> => {
    const now = Date.now();
    if (now - sweptAt >= SWEEP_MS) {
      sweptAt = now;
      await sweepClock(deps);
    }
    if (!isStopping) await workOff(deps, () => isStopping);
  };
  const tick = (): void => {
    if (isRunning || isStopping) return;
    isRunning = true;
    running = work()
      .catch((error: unknown) => deps.logger.warn({ err: error }, 'rules could not go on; they will'))
      .finally(() => {
        isRunning = false;
      });
  };
  const timer = setInterval(tick, TICK_MS).unref();
  tick();
  return async () => {
    isStopping = true;
    clearInterval(timer);
    await running;
  };
}
