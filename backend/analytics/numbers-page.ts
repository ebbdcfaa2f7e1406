import { dimensionNames, factsOf } from './availability.ts';
import { dimensionsOf } from './catalogue.service.ts';
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
    `- Filtered and split by: ${dimensions.join(', ')}.`,
    `- The values of the parts ${isAdditive ? 'add up' : 'do not add up'} to the value of the whole.`,
  ];
  if (fieldGroup !== null) lines.push(`- Only for roles that see the field group \`${fieldGroup}\`.`);
  if (note !== null) lines.push(`- Keep in mind: ${note}`);
  return lines.join('\n');
}

const RULES = `## Rules that hold for all of them

- Days are business days in the company's time zone; weeks are ISO weeks and start on Monday.
- Sums are exact decimals and rounded once, at the end, half away from zero.
- Amounts count in the company currency at the rate of their day.
- An empty denominator gives no value (shown as "–"), never zero.
- A metric that cannot be filtered or split by a dimension gives no value there and says why, instead of a number that ignores the filter.
- Everybody's numbers are made only from the records that the role's \`analytics.read\` reaches (own, team, all). Spend belongs to teams: a role that reaches only its own records has no acquisition cost, a team role has that of its teams' spend.
- Sales count under the owner, team, region, source and segment of the day of the sale; leads and closed opportunities under those they have now.
- The pipeline of a day in the past is rebuilt from the stage history: stage, owner, team and amount as they were then. Who may see it follows from the record as it is today. Deleted records do not count, in the past either.
- Compared with the previous period: whole calendar months with as many whole months before; a running month, quarter or year with the same number of days of the one before; any other period with as many days just before it. Days to come are left out of the comparison.
- Compared with the year before: the same days one year earlier.
- The change is relative to the absolute value before; for shares it is the difference.
- In a series, sums and counts of a period in which nothing happened are zero, everything else has no value; periods that have not begun have no value; \`partial\` names the periods that the filter cuts or that still run.`;

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
