import { describe, expect, it } from 'vitest';
import { createLogger, redactText } from '../../backend/observability/index.ts';

function collector() {
  const lines: string[] = [];
  const logger = createLogger({ level: 'trace', destination: { write: (line: string) => void lines.push(line) } });
  return { lines, logger };
}

const SECRET = 'hunter2-hunter2';

describe('logger', () => {
  it('writes one JSON line an event with time and level', () => {
    const { lines, logger } = collector();
    logger.info({ requestId: 'r1' }, 'hello');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', msg: 'hello', requestId: 'r1' });
    expect(Number.isNaN(Date.parse(JSON.parse(lines[0] ?? '').time))).toBe(false);
  });

  it.each([
    ['a header', { headers: { authorization: SECRET } }],
    ['a cookie of a request', { req: { headers: { cookie: SECRET, 'set-cookie': SECRET } } }],
    ['a key with a dash at the top', { 'x-api-key': SECRET }],
    ['a password', { password: SECRET }],
    ['a nested token', { a: { b: { c: { token: SECRET } } } }],
    ['client secret and assertion', { body: { clientSecret: SECRET, assertion: SECRET } }],
    ['an error with a connection address', { err: new Error(`connect postgres://sp:${SECRET}@db/x failed`) }],
    ['the cause of an error', { err: new Error('outer', { cause: new Error(`Bearer ${SECRET}`) }) }],
  ])('blanks %s', (_name, fields) => {
    const { lines, logger } = collector();
    logger.warn(fields, 'refused');
    expect(lines.join('')).not.toContain(SECRET);
    expect(lines.join('')).toContain('[redacted]');
  });

  it('blanks credentials in messages and in the bindings of children', () => {
    const { lines, logger } = collector();
    logger.child({ token: SECRET }).info(`got Bearer ${SECRET} from redis://default:${SECRET}@cache:6379`);
    expect(lines.join('')).not.toContain(SECRET);
    expect(lines.join('')).toContain('cache:6379');
  });

  it('leaves ordinary text alone', () => {
    expect(redactText('user ada@example.com moved https://x.example/a:b')).toBe(
      'user ada@example.com moved https://x.example/a:b',
    );
  });
});
