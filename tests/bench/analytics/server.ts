// The product as it is, for the benchmark: node server.ts '{"PORT": ..., ...}' takes its environment as JSON. On the embedded
// store a message { writesPerSecond } makes it commit so many sales a second itself, as nobody else can.
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { openStore, startRuntime } from '../../../backend/runtime.ts';
import { testConfig } from '../../support/config.ts';
import { writeInside } from './embedded-writer.ts';

const config = testConfig(JSON.parse(process.argv[2] ?? '{}'));
const database = await openStore(config);
const started = performance.now();
const { analytics } = await startRuntime({ config, database, logger: pino({ level: 'warn' }) });
await analytics.settled();
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const { engine, reason } = analytics.status();
// A copy is compared with the database once it is there, which takes the database some seconds: not what is measured.
while (engine === 'columnar' && analytics.status().lastCheck === null) await wait(100);
console.log(`figures come from ${engine}${reason ? ` (${reason})` : ''}, settled after ${seconds} s`);
process.send?.('ready');
process.on('message', ({ writesPerSecond }: { writesPerSecond: number }) => {
  writeInside(database, writesPerSecond);
});
