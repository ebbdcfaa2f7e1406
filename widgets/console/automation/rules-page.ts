import { html } from 'lit';
import type { AutomationRuleWire } from '../../../backend/contracts/automation.ts';
import type { Option } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { ListPage, type ListQuestion } from '../parts/list-page.ts';
import type { Column } from '../parts/table.ts';
import { t } from '../text.ts';
import { stateBadge } from './state-badge.ts';

const options = (prefix: string, values: readonly string[]): Option[] =>
  values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));

/** All rules. */
export class ConsoleAutomationPage extends ListPage<AutomationRuleWire> {
  protected readonly path = 'automation-rules';
  protected override readonly hasTotal = false;
  protected readonly emptyText = { title: t('automation.empty'), text: t('automation.empty.text') };
  protected readonly columns: readonly Column<AutomationRuleWire>[] = [
    {
      label: t('automation.name'),
      isTitle: true,
      cell: ({ id, name }) => html`<a href="/automation/${id}">${name}</a>`,
    },
    { label: t('automation.state'), isShort: true, cell: ({ state }) => stateBadge(state) },
    {
      label: t('automation.what'),
      cell: ({ sentence }) =>
        html`<span>${sentence.when}</span><br /><span class="muted">${sentence.steps.join('; ')}</span>`,
    },
    {
      label: t('automation.runs'),
      isShort: true,
      cell: ({ runs }) => t('automation.runsCount', { done: runs.done, failed: runs.failed }),
    },
    {
      label: t('automation.lastRun'),
      isShort: true,
      cell: ({ lastRunAt }) => (lastRunAt === null ? t('automation.never') : this.app.format.moment(lastRunAt)),
    },
  ];

  get heading(): string {
    return t('automation.title');
  }

  protected get question(): ListQuestion {
    return {
      filters: [
        {
          name: 'entity',
          label: t('automation.entity'),
          options: options('automation.entity', ['lead', 'opportunity']),
          isSingle: true,
        },
        {
          name: 'state',
          label: t('automation.state'),
          options: options('automation.state', ['draft', 'active', 'paused']),
          isSingle: true,
        },
      ],
      isWithoutSearch: true,
    };
  }

  protected override intro() {
    return html`<p class="muted">${t('automation.text')}</p>`;
  }

  protected override actions() {
    return html`<a class="button" href="/automation/mails">${icon('mail')}${t('automation.mails')}</a>
      <a class="button button-primary" href="/automation/new">${icon('plus')}${t('automation.new')}</a>`;
  }
}
