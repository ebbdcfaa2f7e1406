// The product as it is, for the benchmark: node our-server.ts DATABASE_URL PORT
import { pino } from 'pino';
import { openStore, startRuntime } from '../../../backend/runtime.ts';
import { testConfig } from '../../support/config.ts';

const [url = '', port = '0'] = process.argv.slice(2);
const config = testConfig({ DATABASE_URL: url, PORT: port, SALESPULSE_ROLE: 'web', LOG_LEVEL: 'warn' });
await startRuntime({ config, database: await openStore(config), logger: pino({ level: 'warn' }) });
process.send?.('ready');
