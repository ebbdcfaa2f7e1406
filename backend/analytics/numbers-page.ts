import { dimensionNames, factsOf, recordNames } from './availability.ts';
import { customEntitiesOf, dimensionsOf } from './catalogue.service.ts';
import { addsUpOverTime } from './figure-transform.ts';
import { type FactId, type MeasureId, measureFacts } from './measures.ts';
import type { Metric } from './metric.ts';

const factTexts: Record<FactId, string> = {
  sales: 'booked sales, by the day they were sold',
  customers: 'accounts, by the day of their first sale ever, with the region, team, source and so on of that sale',
  leads: "leads, by the day they were created (the company's time zone)",
  closed: 'opportunities in a won or lost stage, by the day they closed',
  pipeline: 'opportunities in an open stage at the end of the period',
  spend: 'sales and marketing spend, by the day it was spent',
};

const units = {
  money: 'money, in the company currency',
  count: 'number',
  ratio: 'share of 1, with six decimals',
  days: 'days, with one decimal',
  moneyPerDay: 'money a day, in the company currency',
} as const;

/** SQL as one line of a table. */
const inline = (text: string): string => `\`${text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim()}\``;

/** The page "how each number is computed", from the catalogue. `sqlOf` gives the sql engine's expressions. */
export function numbersPage(metrics: readonly Metric[], sqlOf: (measure: MeasureId) => string): string {
  return `${[INTRODUCTION, ...metrics.map(section), RULES, measureTable(sqlOf)].join('\n\n')}\n`;
}

const INTRODUCTION = `# How each number is computed

<!-- Written by \`npm run docs:numbers\` from backend/analytics; do not edit by hand. -->

Every number comes from one catalogue, which serves the API, the elements and this page alike
(\`GET /api/v1/analytics/metrics\` has it as JSON).`;

function section(metric: Metric): string {
  const { id, name, unit, betterWhen, definition, formula, note, isAdditive, fieldGroup } = metric;
  const dimensions = dimensionsOf(metric).map((dimension) => dimensionNames[dimension]);
  const records = customEntitiesOf(metric).map((entity) => recordNames[entity]);
  const custom = records.length > 0 ? `, and by fields of ${records.join(', ')} that are open to numbers` : '';
  const standing = isAdditive && !addsUpOverTime(metric) ? ', but those of periods do not: it is a standing' : '';
  const lines = [
    `## ${name}`,
    '',
    definition,
    '',
    `- Id: \`${id}\`; unit: ${units[unit]}; better when ${betterWhen}.`,
    `- Formula: ${formula}.`,
    `- Counts: ${factsOf(metric)
      .map((fact) => factTexts[fact])
      .join('; ')}.`,
    `- Filtered and split by: ${dimensions.join(', ')}${custom}.`,
    `- The values of the parts ${isAdditive ? 'add up' : 'do not add up'} to the value of the whole${standing}.`,
  ];
  if (fieldGroup !== null) lines.push(`- Only for roles that see the field group \`${fieldGroup}\`.`);
  if (note !== null) lines.push(`- Keep in mind: ${note}`);
  return lines.join('\n');
}

const RULES = `## Rules that hold for all of them

- Days are business days in the company's time zone, the same for every viewer; weeks are ISO weeks and start on Monday. A viewer's own time zone only tells the time of moments, such as when numbers were computed, which the API gives in UTC.
- Sums are exact decimals and rounded once, at the end, half away from zero.
- Amounts count in the company currency at the rate of their day. The records behind a number show the money as it was booked (\`amount\`) beside what the number counts (\`amountBase\`), each rounded by itself: their sum may differ from the number by some cents.
- An empty denominator gives no value (shown as "–"), never zero.
- A metric that cannot be filtered or split by a dimension gives no value there and says why, instead of a number that ignores the filter.
- Everybody's numbers are made only from the records that the role's \`analytics.read\` reaches (own, team, all). Spend belongs to teams: a role that reaches only its own records has no acquisition cost, a team role has that of its teams' spend. It also takes the right to see spend.
- Sales count under the owner, team, region, source and segment of the day of the sale; leads and closed opportunities under those they have now.
- The pipeline of a day in the past is rebuilt from the stage history: stage, owner, team and amount as they were then. Who may see it follows from the record as it is today. Deleted records do not count, in the past either.
- Compared with the previous period: whole calendar months with as many whole months before; a running month, quarter or year with the same number of days of the one before; any other period with as many days just before it. Days to come are left out of the period that it is compared with; what is booked ahead counts in the running one.
- Compared with the year before: the same days one year earlier; whole months stay whole.
- The change is relative to the absolute value before; for shares it is the difference.
- In a series, sums and counts of a period in which nothing happened are zero, everything else has no value; periods that have not begun have no value, but for sales that are booked ahead; \`partial\` names the periods that the filter cuts or that still run.
- Filtered or split by a custom field, numbers count what the record behind each fact has now: any of the values asked for, an empty one for none. A record that the viewer may not open counts as having none; one that was deleted keeps what it had.
- "Others" are the values of a split beyond the limit taken together: their sums are added up and the metric is computed from them, so shares and rates are right too. Medians and different customers are computed from the facts of all these values together; of a custom field's values beyond the limit there are none.
- A running total is each value with all before it, for what adds up over time. A share is of the whole series, or, split, of all values of its period or breakdown, those beyond the limit included. A moving average is the plain mean of the values of that many periods, none where one of them has no value, and as partial as any of them.
- Benchmarks (\`GET analytics/benchmark\`) are medians over people, of those in the viewer's reach and of all the company. The company's is kept back while fewer than five people contribute to it whom the viewer does not see anyway, is given for whole months or from the first of one until today, is rounded to three digits, and takes no filters; who sees everybody gets it as it is.
- The data hash is the SHA-256 of columns and cells: the same figures have the same one on screen, in CSV and in PDF.`;

function measureTable(sqlOf: (measure: MeasureId) => string): string {
  const rows = (Object.keys(measureFacts) as MeasureId[]).map(
    (measure) => `| \`${measure}\` | ${measureFacts[measure]} | ${inline(sqlOf(measure))} |`,
  );
  return `## What the engine adds up

The measures behind the metrics, as the \`sql\` engine computes them (\`backend/analytics/engines/sql/facts.ts\`; \`$1\` is the company's time zone).

| measure | fact | SQL |
|---|---|---|
${rows.join('\n')}`;
}
