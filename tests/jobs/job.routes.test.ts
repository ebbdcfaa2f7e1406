import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../backend/contracts/jobs.ts';
import { enqueueJob } from '../../backend/jobs/index.ts';
import { until } from '../conformance/until.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const enqueueForRep = () =>
  enqueueJob(server.database, {
    kind: 'maintenance',
    input: {},
    requestedBy: { userId: server.company.users.rep, via: 'session', sessionId: null },
  });

describe('GET jobs/{id}', () => {
  it('shows the job to who asked for it and to an administrator', async () => {
    const id = await enqueueForRep();
    for (const person of ['rep', 'admin'] as const) {
      const { status, body } = await (await server.as(person)).get<Job>(`/jobs/${id}`);
      expect({ status, id: body.id, kind: body.kind }).toEqual({ status: 200, id, kind: 'maintenance' });
      expect(body).not.toHaveProperty('requestedBy');
    }
  });

  it('does not exist for anybody else, nor under a broken id', async () => {
    const id = await enqueueForRep();
    expect((await server.anonymous.get(`/jobs/${id}`)).status).toBe(401);
    expect((await (await server.as('colleague')).get(`/jobs/${id}`)).status).toBe(404);
    expect((await (await server.as('rep')).get('/jobs/none')).status).toBe(404);
  });
});

describe('GET events', () => {
  it('refuses strangers', async () => {
    expect((await server.anonymous.get('/events')).status).toBe(401);
  });

  it('tells who asked how their job moves on, and ends with the process', async () => {
    const { url, credential } = await server.as('rep');
    const response = await fetch(`${url}/api/v1/events`, { headers: credential });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    const reader = response.body?.getReader();
    const reading = (async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
        text += Buffer.from(part.value).toString();
      }
    })();
    const id = await enqueueForRep();
    await until('the job is told to be done', async () =>
      text.includes(`"id":"${id}","kind":"maintenance","state":"done"`),
    );
    expect(text).toContain('event: job\n');
    expect(text).toContain('"state":"running"');
    await server.runtime.stop();
    await reading;
  });
});
