import type { RecordType } from '../../../backend/contracts/common.ts';
import type { DuplicateCheckAnswer } from '../../../backend/contracts/duplicates.ts';
import type { App } from '../app.ts';
import { t } from '../text.ts';
import { reasonsText } from './reasons.ts';

const traits = ['name', 'company', 'email', 'phone', 'domain', 'accountId'] as const;

/** Asks before a record is created that looks like one there is. True: create it. */
export async function isWanted(
  app: App,
  entity: RecordType,
  body: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const known = traits.filter((trait) => typeof body[trait] === 'string').map((trait) => [trait, body[trait]]);
  const probe = { entity, ...Object.fromEntries(known) };
  // Being unable to look must keep nobody from working: the form's own request says what is wrong.
  const answer = await app.api
    .send<DuplicateCheckAnswer>('POST', 'duplicates/check', probe)
    .catch(() => ({ items: [] }));
  const [first] = answer.items;
  if (!first) return true;
  const name = first.subtitle ? `${first.name} (${first.subtitle})` : first.name;
  return app.confirm({
    title: t('lookAlikes.ask'),
    text: t('lookAlikes.askText', { name, reasons: reasonsText(app, first.reasons) }),
    action: t('lookAlikes.create'),
  });
}
