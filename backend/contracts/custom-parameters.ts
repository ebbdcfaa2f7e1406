import { z } from 'zod';

const CUSTOM_PARAMETER = /^custom\.(lead|opportunity|account)\.[a-z][a-z0-9_]{0,59}$/;
const MAX_PARAMETERS = 20;
const MAX_VALUES = 100;
const valueSchema = z.string().max(200);
const valuesSchema = z.union([valueSchema, z.array(valueSchema).min(1).max(MAX_VALUES)]);

/**
 * A query of these parameters, and of `custom.lead.KEY`, `custom.opportunity.KEY` or `custom.account.KEY`: values of
 * the administrator's own fields, by which numbers are filtered. Whether there is such a field is found out later;
 * anything else is refused.
 */
export function questionQuery<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.looseObject(shape).superRefine(
    (query, context) => {
      const more = Object.entries(query).filter(([name]) => !Object.hasOwn(shape, name));
      for (const [name, value] of more) {
        if (!CUSTOM_PARAMETER.test(name)) context.addIssue({ code: 'unrecognized_keys', keys: [name], input: query });
        else if (!valuesSchema.safeParse(value).success) {
          const message = `must be at most ${MAX_VALUES} short texts`;
          context.addIssue({ code: 'custom', path: [name], message, input: value });
        }
      }
      if (more.length > MAX_PARAMETERS) {
        const message = `takes at most ${MAX_PARAMETERS} fields`;
        context.addIssue({ code: 'custom', path: ['custom'], message, input: query });
      }
    },
    { when: () => true },
  );
}
