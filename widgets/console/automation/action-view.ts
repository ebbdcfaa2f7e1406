import { html, nothing } from 'lit';
import type { AutomationCatalogue, RuleAction } from '../../../backend/contracts/automation.ts';
import { icon } from '../parts/icons.ts';
import { t } from '../text.ts';
import { actionKinds, newAction } from './draft.ts';
import { checkInput, manyInput, named, selectInput, textInput } from './inputs.ts';
import { stageOptions } from './options.ts';
import { setFieldView } from './set-field-view.ts';

/** What a step's buttons do. */
export interface ActionCallbacks {
  change(action: RuleAction): void;
  remove(): void;
  move(by: -1 | 1): void;
  showSecret(): void;
}

/** One step, by menus. */
export function actionView(
  action: RuleAction,
  index: number,
  count: number,
  catalogue: AutomationCatalogue,
  problem: string | undefined,
  does: ActionCallbacks,
): unknown {
  const number = index + 1;
  const id = `step-${index}`;
  const kinds = actionKinds.map((value) => ({ value, label: t(`action.${value}`) }));
  return html`<li class="rule-step" aria-describedby=${problem ? `${id}-problem` : nothing}>
    <div class="rule-step-head">
      <h3>${t('editor.step', { number })}</h3>
      <div class="row-actions">
        <button type="button" class="icon-button rule-up" aria-label=${t('editor.up', { number })} ?disabled=${index === 0} @click=${() => does.move(-1)}>${icon('down')}</button>
        <button type="button" class="icon-button" aria-label=${t('editor.down', { number })} ?disabled=${number === count} @click=${() => does.move(1)}>${icon('down')}</button>
        <button type="button" class="icon-button" aria-label=${t('editor.removeStep', { number })} ?disabled=${count === 1} @click=${() => does.remove()}>${icon('trash')}</button>
      </div>
    </div>
    <div class="rule-row">
      ${selectInput({ label: t('editor.stepKind'), id: `${id}-kind` }, action.do, kinds, (kind) => does.change(newAction(kind as RuleAction['do'], catalogue)))}
      ${details(action, id, catalogue, does)}
    </div>
    ${problem ? html`<p class="field-problem" id="${id}-problem">${problem}</p>` : nothing}
  </li>`;
}

const options = (prefix: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));

function details(action: RuleAction, id: string, catalogue: AutomationCatalogue, does: ActionCallbacks): unknown {
  const { change } = does;
  const { people, teams, templates } = catalogue;
  switch (action.do) {
    case 'move-stage':
      return selectInput(
        { label: t('editor.stage'), id: `${id}-stage` },
        action.stageId,
        stageOptions(catalogue),
        (stageId) => change({ ...action, stageId }),
      );
    case 'assign':
      return html`${selectInput({ label: t('editor.how'), id: `${id}-how` }, action.how, options('action', ['round-robin', 'least-busy']), (how) => change({ ...action, how: how as typeof action.how }))}
        ${manyInput({ label: t('editor.among'), id: `${id}-people` }, action.userIds, named(people), (userIds) => change({ ...action, userIds }))}
        ${selectInput({ label: t('editor.team'), id: `${id}-team` }, action.teamId ?? '', [{ value: '', label: t('editor.noTeam') }, ...named(teams)], (teamId) => change({ ...action, teamId: teamId || null }))}`;
    case 'create-task':
      return html`${textInput({ label: t('editor.taskTitle'), id: `${id}-title`, max: 200 }, action.title, (title) => change({ ...action, title }))}
        ${selectInput({ label: t('editor.type'), id: `${id}-type` }, action.type, options('ruleType', ['to-do', 'call', 'email', 'meeting']), (type) => change({ ...action, type: type as typeof action.type }))}
        ${selectInput({ label: t('editor.priority'), id: `${id}-priority` }, action.priority, options('rulePriority', ['low', 'normal', 'high']), (priority) => change({ ...action, priority: priority as typeof action.priority }))}
        ${textInput({ label: t('editor.due'), id: `${id}-due`, type: 'number' }, action.dueInDays === null ? '' : String(action.dueInDays), (days) => change({ ...action, dueInDays: days === '' ? null : Number(days) }))}
        ${selectInput({ label: t('editor.assignee'), id: `${id}-assignee` }, action.assigneeId ?? '', [{ value: '', label: t('editor.itsOwner') }, ...named(people)], (assigneeId) => change({ ...action, assigneeId: assigneeId || null }))}`;
    case 'send-mail':
      return html`${
        templates.length === 0
          ? html`<p class="field">${t('editor.noTemplates')} <a href="/automation/mails">${t('editor.writeTemplate')}</a></p>`
          : selectInput(
              { label: t('editor.template'), id: `${id}-template` },
              action.templateId,
              named(templates),
              (templateId) => change({ ...action, templateId }),
            )
      }
        ${selectInput({ label: t('editor.to'), id: `${id}-to` }, action.to, options('editor.to', ['contact', 'owner']), (to) => change({ ...action, to: to as typeof action.to }))}`;
    case 'notify':
      return html`${textInput({ label: t('editor.message'), id: `${id}-text`, max: 300 }, action.text, (text) => change({ ...action, text }))}
        ${manyInput({ label: t('editor.notifyOthers'), id: `${id}-people` }, action.userIds, named(people), (userIds) => change({ ...action, userIds }))}
        ${checkInput({ label: t('editor.notifyOwner'), id: `${id}-owner` }, action.owner, (owner) => change({ ...action, owner }))}`;
    case 'set-field':
      return setFieldView(action, id, catalogue, change);
    case 'webhook':
      return html`${textInput({ label: t('editor.url'), id: `${id}-url`, type: 'url', max: 2000, help: t('editor.webhookHelp') }, action.url, (url) => change({ ...action, url }))}
        <button type="button" class="button" @click=${() => does.showSecret()}>${icon('key')}${t('editor.showSecret')}</button>`;
    default:
      return action satisfies never;
  }
}
