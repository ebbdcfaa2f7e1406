import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { extractText, getDocumentProxy } from 'unpdf';
import type { PersonKey } from '../support/people.ts';
import type { TestServer } from '../support/server.ts';

export interface Download {
  status: number;
  type: string;
  name: string;
  hash: string | null;
  bytes: Uint8Array;
  /** with the byte order mark, where there is one */
  text: string;
}

/** Asks for a file as a person does, and takes all of its bytes. */
export async function download(server: TestServer, person: PersonKey, path: string, body?: unknown): Promise<Download> {
  const { credential } = await server.as(person);
  const reply = await fetch(`${server.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...credential, 'Content-Type': 'application/json', 'X-SalesPulse-Request': '1' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const bytes = new Uint8Array(await reply.arrayBuffer());
  return {
    status: reply.status,
    type: reply.headers.get('content-type') ?? '',
    name: reply.headers.get('content-disposition') ?? '',
    hash: reply.headers.get('x-salespulse-data-hash'),
    bytes,
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
  };
}

export const readCsv = (text: string): string[][] => parse(text, { bom: true, record_delimiter: '\r\n' });

/** The text of each page. */
export async function readPdf(bytes: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: false });
  return text;
}

export const readSheets = async (bytes: Uint8Array) => (await readXlsx(bytes)).sheets;
