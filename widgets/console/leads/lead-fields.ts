import type { Lead } from '../../../backend/contracts/leads.ts';
import type { App } from '../app.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { customInputs, customInputValues } from '../records/custom-fields.ts';
import { dimensionFields, ownerField, stageField, tagsField } from '../records/deal-fields.ts';
import { customFacts, type Fact, moneyText } from '../records/facts.ts';
import { reachFacts, reachFields } from '../records/reach-fields.ts';
import type { References } from '../records/references.ts';
import { t } from '../text.ts';

/** The inputs of a lead; a new one also chooses its stage. */
export function leadFields(app: App, references: References, lead: Lead | null): Field[] {
  return [
    { name: 'name', label: t('field.name'), kind: 'text', required: true, maxLength: 200 },
    { name: 'company', label: t('field.company'), kind: 'text', maxLength: 200 },
    ...reachFields(app),
    { name: 'value', label: t('field.value'), kind: 'money', min: 0, currency: app.me.currency },
    ownerField(app.me, references.people, lead?.owner),
    ...(lead ? [] : [stageField(references)]),
    ...dimensionFields(references),
    tagsField(),
    ...customInputs(app, references, lead?.custom),
  ];
}

/** A lead as the values of its inputs. */
export const leadValues = (lead: Lead): FormValues => ({
  ...lead,
  ownerId: lead.owner?.id ?? null,
  ...customInputValues(lead.custom),
});

/** All that is known of a lead. */
export function leadFacts(app: App, references: References, lead: Lead): Fact[] {
  return [
    { label: t('field.company'), value: lead.company },
    ...reachFacts(app, lead),
    { label: t('field.value'), value: moneyText(app, lead.value) },
    { label: t('field.owner'), value: lead.owner?.name },
    { label: t('field.team'), value: lead.team?.name },
    { label: t('field.source'), value: lead.source },
    { label: t('field.segment'), value: lead.segment },
    { label: t('field.region'), value: lead.region },
    { label: t('field.productCategory'), value: lead.productCategory },
    { label: t('field.campaign'), value: lead.campaign },
    { label: t('field.score'), value: lead.score === null ? null : app.format.number(lead.score, { decimals: 0 }) },
    { label: t('field.tags'), value: lead.tags.join(', ') },
    ...customFacts(app, references.custom, lead.custom, references.people),
  ];
}
