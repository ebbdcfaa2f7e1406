import { html, nothing, svg } from 'lit';
import type { RuleReplay } from '../../../backend/contracts/automation.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { Format } from '../../base/format.ts';
import { tableView } from '../parts/table.ts';
import { t } from '../text.ts';

const paths = { lead: 'leads', opportunity: 'opportunities' } as const;

/** What a rule would have done. */
export function replayView(replay: RuleReplay, entity: PipelineEntity, format: Format): unknown {
  const { occasions, matched, records, steps, weeks, cases, notes } = replay;
  const counted = (key: string, count: number) => t(key, { count, number: format.number(count) });
  const numbers = {
    occasions: counted('replay.often', occasions),
    matched: counted('replay.often', matched),
    records: counted('replay.records', records),
  };
  return html`<p class="rule-lead">${t(matched === 0 ? 'replay.nothing' : 'replay.summary', numbers)}</p>
    ${notes.map((note) => html`<p class="muted">${note}</p>`)}
    ${
      matched === 0
        ? nothing
        : html`${tableView({
            label: t('replay.step'),
            columns: [
              { label: t('replay.step'), isTitle: true, cell: ({ text }) => text },
              { label: t('replay.done'), isNumber: true, cell: ({ count }) => format.number(count) },
              { label: t('replay.not'), isNumber: true, cell: ({ problems }) => format.number(problems) },
            ],
            items: steps,
          })}
          ${weeksView(weeks, format)}
          <h3>${t('replay.cases')}</h3>
          ${tableView({
            label: t('replay.cases'),
            columns: [
              {
                label: t('replay.record'),
                isTitle: true,
                cell: ({ record }) => html`<a href="/${paths[entity]}/${record.id}">${record.name}</a>`,
              },
              { label: t('replay.at'), isShort: true, cell: ({ at }) => format.moment(at) },
              {
                label: t('replay.would'),
                cell: (one) =>
                  html`<ul class="rule-lines">${one.steps.map((text) => html`<li>${text}</li>`)}${one.problems.map((text) => html`<li class="rule-trouble">${text}</li>`)}</ul>`,
              },
            ],
            items: cases,
          })}`
    }`;
}

/** Bars for the eye, with the numbers in a table for everybody else. */
function weeksView(weeks: RuleReplay['weeks'], format: Format): unknown {
  const most = Math.max(1, ...weeks.map(({ matched }) => matched));
  const width = 100 / Math.max(1, weeks.length);
  return html`<figure class="rule-weeks"><figcaption>${t('replay.weeks')}</figcaption>
    <svg viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${weeks.map(({ matched }, index) => bar(index * width, width, (matched / most) * 24))}
    </svg>
    <table class="visually-hidden"><caption>${t('replay.weeks')}</caption><thead><tr><th scope="col">${t('replay.week')}</th><th scope="col">${t('replay.times')}</th></tr></thead>
      <tbody>${weeks.map(({ from, matched }) => html`<tr><th scope="row">${format.day(from)}</th><td>${format.number(matched)}</td></tr>`)}</tbody></table>
  </figure>`;
}

const bar = (x: number, width: number, height: number) =>
  svg`<rect x=${x + width * 0.15} y=${24 - height} width=${width * 0.7} height=${height}></rect>`;
