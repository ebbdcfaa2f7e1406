import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { safeFileName, typeOfFile } from '../../backend/activities/attachment-type.ts';
import type { Attachment } from '../../backend/contracts/attachments.ts';
import type { Page } from '../../backend/contracts/common.ts';
import { sql } from '../../backend/db/index.ts';
import type { CheckedClient } from '../support/checked-client.ts';
import { type Crm, startCrm } from '../support/crm.ts';

let crm: Crm;
let rep: CheckedClient;

beforeAll(async () => {
  crm = await startCrm();
  rep = await crm.as('rep');
});
afterAll(() => crm?.close());

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const lead = async () => `/leads/${(await crm.addLead('rep')).id}`;

/** Sends bytes as they are. */
async function upload(client: CheckedClient, record: string, fileName: string, body: Buffer | string) {
  const response = await fetch(`${client.url}/api/v1${record}/attachments?fileName=${encodeURIComponent(fileName)}`, {
    method: 'POST',
    headers: { ...client.credential, 'X-SalesPulse-Request': '1', 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(Buffer.from(body)),
  });
  return { status: response.status, body: (await response.json()) as Attachment & { detail: string } };
}
const content = (client: CheckedClient, record: string, id: string) =>
  fetch(`${client.url}/api/v1${record}/attachments/${id}/content`, { headers: client.credential });

describe('a file on a record', () => {
  it('comes back byte for byte, to be saved and never shown', async () => {
    const record = await lead();
    const name = 'Angebot „Größe“ 50%.png';
    const added = await upload(rep, record, name, png);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ fileName: name, mediaType: 'image/png', bytes: png.length });
    const answer = await content(rep, record, added.body.id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/,
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await rep.get<Page<Attachment>>(`${record}/attachments`)).body.items).toEqual([added.body]);
  });

  it('may be as large as several rows of the database', async () => {
    const record = await lead();
    const large = Buffer.concat([png, Buffer.alloc(1_300_000, 7)]);
    const { body } = await upload(rep, record, 'large.png', large);
    const answer = await content(rep, record, body.id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(large)).toBe(true);
  });

  it('is refused above 20 MiB, when it is empty, and for whoever may not change the record', async () => {
    const record = await lead();
    expect((await upload(rep, record, 'huge.png', Buffer.alloc(20 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await upload(rep, record, 'empty.txt', '')).status).toBe(400);
    expect((await upload(await crm.as('viewer'), record, 'a.txt', 'a')).status).toBe(403);
    expect((await upload(await crm.as('stranger'), record, 'a.txt', 'a')).status).toBe(404);
    expect((await upload(rep, record, '../..', 'a')).status).toBe(422);
    expect((await rep.get<Page<Attachment>>(`${record}/attachments`)).body.items).toEqual([]);
  });

  it('goes when it is removed, and belongs to one record', async () => {
    const [one, other] = [await lead(), await lead()];
    const { body } = await upload(rep, one, 'a.txt', 'Hello');
    expect((await content(rep, other, body.id)).status).toBe(404);
    expect((await rep.delete(`${other}/attachments/${body.id}`)).status).toBe(404);
    expect((await rep.delete(`${one}/attachments/${body.id}`)).status).toBe(204);
    expect((await content(rep, one, body.id)).status).toBe(404);
    const audits = await crm.database.sql.rows<{ action: string }>(sql`
      select action from audit_entry where entity_id = ${one.split('/')[2] ?? ''} and starts_with(action, 'attachment.') order by at`);
    expect(audits.map(({ action }) => action)).toEqual(['attachment.added', 'attachment.removed']);
  });
});

describe('the type of a file', () => {
  const refusal = (name: string, body: Buffer | string) =>
    typeOfFile(name, Buffer.from(body)).then(
      (type) => type,
      (error: { code: string }) => error.code,
    );

  it('is what its bytes say', async () => {
    expect(await typeOfFile('a.png', png)).toBe('image/png');
    expect(await typeOfFile('a.csv', Buffer.from('a;b\nÄ;1'))).toBe('text/csv');
    expect(await typeOfFile('a.pdf', Buffer.from('%PDF-1.7\n%âãÏÓ\n'))).toBe('application/pdf');
  });

  it.each([
    ['a program called a picture', 'holiday.png', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
    ['a picture called a page', 'logo.html', png],
    ['a page', 'page.html', '<script>alert(1)</script>'],
    ['a page called a document', 'offer.pdf', '<script>alert(1)</script>'],
    ['a drawing with script', 'x.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a drawing that says it is XML', 'x.txt', '<?xml version="1.0"?><svg onload="alert(1)"/>'],
    ['a shell script', 'run.sh', '#!/bin/sh\nrm -rf /'],
    ['a program for Unix', 'notes.txt', Buffer.from('7f454c4602010100000000000000000002003e00', 'hex')],
    ['bytes called text', 'a.txt', Buffer.from([1, 2, 3, 0, 255])],
    ['an archive', 'a.zip', Buffer.from('504b030414000000000000000000', 'hex')],
    ['a name without an ending', 'README', 'text'],
  ])('refuses %s', async (_what, name, body) => {
    expect(await refusal(name, body)).toBe('unsupported_media_type');
  });

  it('goes with a name that is safe on any system', () => {
    expect(safeFileName('../../etc/passwd')).toBe('passwd');
    expect(safeFileName('C:\\Windows\\system.ini')).toBe('system.ini');
    expect(safeFileName('invoice\u202Efdp.exe')).toBe('invoicefdp.exe');
    expect(safeFileName(' ..hidden<>:"|?*.txt ')).toBe('hidden.txt');
    expect(safeFileName('a\r\nSet-Cookie: x.txt')).toBe('aSet-Cookie x.txt');
  });
});
