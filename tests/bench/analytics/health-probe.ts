// Asks /healthz every 20 ms, from a process of its own: node health-probe.ts ORIGIN. A message makes it tell the ms it took.
import { createCaller } from '../pipeline/latency.ts';

const [origin = ''] = process.argv.slice(2);
const caller = createCaller(origin, 4);
let times: number[] = [];

process.on('message', () => {
  process.send?.({ times, rows: 0, seconds: 0 });
  times = [];
});
process.send?.('ready');
for (;;) {
  times.push(await caller.time({ method: 'GET', path: '/healthz' }));
  await new Promise((resolve) => setTimeout(resolve, 20));
}
