import { z } from 'zod';
import type { Config } from '../../config.ts';
import { type Finding, maskedUrl, type SystemPart } from '../part.ts';
import { reasonOf } from '../patience.ts';

const OPENAI = 'https://api.openai.com/v1';
const ANSWER_MS = 10_000;

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** The language model that writes prose. Looked at without asking it anything; a test asks for its list of models. */
export function modelPart({ model }: Pick<Config, 'model'>): SystemPart {
  const base = { key: 'model', label: 'Language model' } as const;
  if (model === null) {
    const detail =
      'No language model is configured: fixed templates write the prose, which works without one. Set LLM_API_KEY and LLM_MODEL_NAME to use one.';
    const look = async (): Promise<Finding> => ({ status: 'not-configured', detail, facts: [] });
    return { ...base, look, test: look };
  }
  const { key, name } = model;
  const address = (model.base ?? OPENAI).replace(/\/+$/, '');
  const subject = `${maskedUrl(address)} ${name ?? ''}`;
  const facts = [
    { label: 'Address', value: maskedUrl(address) },
    { label: 'Model', value: name ?? 'not set' },
    { label: 'Key', value: 'set' },
  ];
  return {
    ...base,
    subject,
    async look({ lastTest }) {
      if (name === null) {
        return { status: 'warning', detail: 'A key is set but no model is named. Set LLM_MODEL_NAME.', facts };
      }
      if (lastTest?.subject !== subject) {
        const detail = 'A language model is configured and has not been tried yet. Test it now.';
        return { status: 'warning', detail, facts };
      }
      return { status: lastTest.status, detail: lastTest.detail, facts };
    },
    async test() {
      let response: Response;
      try {
        response = await fetch(`${address}/models`, {
          headers: { Authorization: `Bearer ${key}`, Accept: 'application/json' },
          // The key must not follow to wherever the server points.
          redirect: 'manual',
          signal: AbortSignal.timeout(ANSWER_MS),
        });
      } catch (error) {
        const reason = reasonOf((error as Error).cause ?? error);
        return { status: 'failed', detail: `The language model can't be reached (${reason}). Check LLM_API_BASE.` };
      }
      return judge(response, name);
    },
  };
}

async function judge(response: Response, name: string | null): ReturnType<NonNullable<SystemPart['test']>> {
  const { status } = response;
  if (status === 401 || status === 403) {
    return { status: 'failed', detail: `The language model refuses the key (HTTP ${status}). Check LLM_API_KEY.` };
  }
  if (status !== 200) {
    await response.body?.cancel();
    const detail = `The language model's list of models answered HTTP ${status}. Check that LLM_API_BASE ends where its API begins, such as in /v1.`;
    return { status: 'failed', detail };
  }
  const models = modelsSchema.safeParse(await response.json().catch(() => null)); // no JSON is judged like wrong JSON
  if (!models.success) {
    return { status: 'failed', detail: 'What answers at LLM_API_BASE is no language model API. Check the address.' };
  }
  if (name !== null && !models.data.data.some(({ id }) => id === name)) {
    const detail = `The language model answers and takes the key, but does not list "${name}". Check LLM_MODEL_NAME.`;
    return { status: 'warning', detail };
  }
  return { status: 'ok', detail: 'The language model answers and takes the key (HTTP 200).' };
}
