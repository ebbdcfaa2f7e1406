import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Reply } from './ask.ts';
import type { ApiDocument, Draft } from './fuzz-requests.ts';

const BASE = 'https://salespulse.example/openapi.json';
const pointer = (parts: readonly string[]) =>
  parts.map((part) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/');

/** Says what is wrong with an answer by the API's own document; null: nothing. */
export function createConformance(document: ApiDocument): (draft: Draft, reply: Reply) => string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true });
  formats.default(ajv);
  ajv.addSchema(document, BASE);
  const compiled = new Map<string, ValidateFunction>();
  const check = (parts: readonly string[], body: unknown): string | null => {
    const ref = `${BASE}#/${pointer(parts)}`;
    const validate = compiled.get(ref) ?? ajv.compile({ $ref: ref });
    compiled.set(ref, validate);
    return validate(body) ? null : ajv.errorsText(validate.errors, { dataVar: 'body' });
  };

  return ({ template, method }, { status, type, text }) => {
    if (status >= 500) return 'a failure of the server';
    const { responses = {} } = document.paths[template]?.[method.toLowerCase()] ?? {};
    const key = String(status) in responses ? String(status) : 'default';
    if (key === 'default' && status < 400) return 'an answer that is not in the document';
    const { content } = responses[key] ?? {};
    if (!content) return text === '' ? null : 'a body where the document has none';
    const [mediaType = ''] = type.split(';');
    if (!(mediaType in content)) return `${mediaType || 'no type'} instead of ${Object.keys(content)}`;
    if (!/json/.test(mediaType)) return null;
    const body: unknown = JSON.parse(text);
    if (key === 'default' && (body as { status: number }).status !== status) return 'another status in the problem';
    return check(['paths', template, method.toLowerCase(), 'responses', key, 'content', mediaType, 'schema'], body);
  };
}
