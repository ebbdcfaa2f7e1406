import { html } from 'lit';
import { fire } from '../../../base/events.ts';
import { translate, type Variables } from '../../../base/i18n.ts';
import { errorText } from '../../../base/states.ts';
import type { Extras, ExtrasHost } from '../extras.ts';
import type { BoardChange } from '../kanban.events.ts';
import { furtherFields, parseCardFields } from '../view/board-view.ts';
import { barView } from './bar.ts';
import { detailLines, detailText } from './details.ts';
import { FieldList } from './field-list.ts';
import { LanesWhenUsed } from './lanes-when-used.ts';
import { LiveBoard } from './live-board.ts';
import { refusalText } from './refusal.ts';
import { toolMessages } from './tools.messages.ts';
import { toolStyles } from './tools.styles.ts';

/** Adds to a board what it can do beyond showing and moving cards. */
export function createExtras(host: ExtrasHost): Extras {
  const { element, root } = host;
  const t = (key: string, variables?: Variables): string =>
    translate([toolMessages], element.config.locale, key, variables);
  const lanes = new LanesWhenUsed(host, t);
  const live = new LiveBoard(host, () => lanes.note());
  const list = new FieldList(() => element.requestUpdate());
  const further = () => furtherFields(element.cardFields);
  const labels = () => {
    if (further().some((name) => name.startsWith('custom.'))) void list.load(element.api, element.entity);
  };
  if (toolStyles.styleSheet) root.adoptedStyleSheets = [...root.adoptedStyleSheets, toolStyles.styleSheet];
  element.seat?.join(host);
  labels();
  live.start();
  element.addController({ hostUpdated: () => live.follow() });

  return {
    column(view, { weighted, rotting }) {
      const number = view.format.number(rotting);
      return html`${rotting > 0 ? html`<span class="rotting" title=${t('rotting', { count: rotting, number })}><span aria-hidden="true">! ${number}</span><span class="visually-hidden">${t('rotting', { count: rotting, number })}</span></span>` : ''}
        <span class="weighted" title=${t('weighted', { value: view.format.money(weighted) })}>≈ ${view.format.money(weighted, Math.abs(Number(weighted.amount)) >= 10_000_000 ? { compact: true } : { decimals: 0 })}</span>`;
    },
    details: (view, card) =>
      detailLines(further(), card, {
        label: (name) => list.label(name) ?? (name.startsWith('custom.') ? name.slice(7) : t(`field.${name}`)),
        text: (name, value) => detailText(name, value, view, (yes) => t(yes ? 'yes' : 'no')),
      }),
    bar: (view) =>
      barView(view, {
        t,
        filters: element.filters,
        hasFixedOwner: Boolean(element.owner),
        lanes: element.lanes || '',
        asOf: element.asOf ?? '',
        today: new Intl.DateTimeFormat('en-CA', { timeZone: element.config.timeZone }).format(Date.now()),
        fields: [...parseCardFields(element.cardFields), ...further()],
        list,
        openFields: () => void list.load(element.api, view.board.pipeline.entity),
        change({ filters, lanes: by, asOf, fields }) {
          if (filters) element.filters = filters;
          if (by !== undefined) element.lanes = by || undefined;
          if (fields) element.cardFields = fields.join(',');
          if (asOf !== undefined) {
            element.asOf = asOf || undefined;
            const { quick: _quick, score: _score, tag: _tag, ...kept } = element.filters;
            if (asOf) element.filters = kept;
            if (asOf && element.lanes === 'score') element.lanes = undefined;
          }
          labels();
          const detail: BoardChange = {
            filters: element.filters,
            lanes: element.lanes || null,
            cardFields: element.cardFields ?? null,
            asOf: element.asOf ?? null,
          };
          fire(element, 'salespulse-board-change', detail);
        },
      }),
    menu: (open, choose) => element.seat?.menu(open, choose),
    get help() {
      return element.seat ? t('help.lanes') : '';
    },
    lanes: (view) => (element.lanes ? lanes.view(view, element.lanes) : undefined),
    refusal: ({ card }, error) => refusalText(t, card.title, error, errorText(element, error)),
    async askForEntry({ move }, problem) {
      const { askForEntry } = await import('../../stage-entry/ask-for-entry.ts');
      const { locale, theme } = element.config;
      const stage = { name: host.store.stage(move.stageId)?.name ?? '' };
      return askForEntry(root, element.api, { entity: element.entity, stage, problem, locale, theme });
    },
    start: () => live.start(),
    stop() {
      live.stop();
      lanes.stop();
    },
  };
}
