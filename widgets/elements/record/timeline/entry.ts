import { html, nothing, type TemplateResult } from 'lit';
import type { Activity, ActivityRevision } from '../../../../backend/contracts/activities.ts';
import type { Attachment } from '../../../../backend/contracts/attachments.ts';
import type { TimelineEntry } from '../../../../backend/contracts/timeline.ts';
import type { SalesPulseElement } from '../../../base/element.ts';
import { entryIcon } from '../icons.ts';
import { richView } from '../rich-text/rich-view.ts';
import { changeText, iconOf, titleOf } from './entry-text.ts';

/** What can be done from an entry; null: nothing may be changed. */
export interface EntryHands {
  /** the hands for what belongs to another record */
  of(record: NonNullable<TimelineEntry['record']>): EntryHands;
  /** the form that corrects this activity, while it is open */
  formOf(activity: Activity): TemplateResult | null;
  /** how an activity stood before, once asked for */
  revisionsOf(activity: Activity): readonly ActivityRevision[] | null;
  toggleRevisions(activity: Activity): void;
  correct: ((activity: Activity) => void) | null;
  withdraw: ((activity: Activity) => void) | null;
  download(file: Attachment): void;
  remove: ((file: Attachment) => void) | null;
}

/** One thing that happened. */
export function entryView(host: SalesPulseElement, entry: TimelineEntry, ownHands: EntryHands): TemplateResult {
  // What belongs to another record is changed there.
  const hands = entry.record ? ownHands.of(entry.record) : ownHands;
  const form = entry.kind === 'activity' ? hands.formOf(entry.activity) : null;
  return html`<li class="entry ${entry.kind}" part="entry">
    <span class="sign">${entryIcon(iconOf(entry))}</span>
    <div class="what">
      ${
        form ??
        html`<p class="title">${titleOf(host, entry)}</p>
          ${details(host, entry, hands)}
          ${entry.record ? html`<p class="whose">${host.t(`type.${entry.record.type}`)}: ${entry.record.name || host.t('merge.hidden')}</p>` : nothing}
          <p class="meta">${meta(host, entry)}</p>
          ${actions(host, entry, hands)}`
      }
    </div>
  </li>`;
}

function meta(host: SalesPulseElement, entry: TimelineEntry) {
  const parts: string[] = [];
  if (entry.kind === 'activity') parts.push(...activityParts(host, entry.activity));
  if (entry.kind === 'file') parts.push(host.t('file.size', { size: sizeText(host, entry.attachment.bytes) }));
  if (entry.actor) parts.push(entry.actor.name);
  if (entry.rule) parts.push(host.t('by.rule', { name: entry.rule.name }));
  return html`<time datetime=${entry.at}>${host.format.moment(entry.at)}</time>${parts.map((part) => html` · ${part}`)}`;
}

function activityParts(host: SalesPulseElement, activity: Activity): string[] {
  const { type, direction, durationMinutes, outcome, contact, correctedAt, withdrawnAt } = activity;
  return [
    host.t(direction ? `activity.${type}.${direction}` : `activity.${type}`),
    durationMinutes === null || withdrawnAt ? '' : host.t('activity.minutes', { count: durationMinutes }),
    outcome ?? '',
    contact ? host.t('activity.with', { name: contact.name }) : '',
    correctedAt && !withdrawnAt ? host.t('activity.corrected', { moment: host.format.moment(correctedAt) }) : '',
  ].filter(Boolean);
}

const sizeText = (host: SalesPulseElement, bytes: number): string =>
  bytes < 1_000_000
    ? `${host.format.number(Math.max(1, Math.round(bytes / 1000)))} kB`
    : `${host.format.number(bytes / 1_000_000, { decimals: 1 })} MB`;

function details(host: SalesPulseElement, entry: TimelineEntry, hands: EntryHands) {
  switch (entry.kind) {
    case 'activity':
      return html`${entry.activity.content.length > 0 ? html`<div class="rich">${richView(entry.activity.content)}</div>` : nothing}
        ${revisions(host, hands.revisionsOf(entry.activity))}`;
    case 'change':
      return entry.fields.length === 0
        ? nothing
        : html`<ul class="changes">${entry.fields.map((field) => html`<li>${changeText(host, field)}</li>`)}</ul>`;
    case 'conversion':
      return entry.records.length === 0
        ? nothing
        : html`<p class="meta">${entry.records.map(({ type, name }) => `${host.t(`type.${type}`)}: ${name}`).join(' · ')}</p>`;
    default:
      return nothing;
  }
}

function revisions(host: SalesPulseElement, found: readonly ActivityRevision[] | null) {
  if (!found) return nothing;
  return html`<ol class="revisions" aria-label=${host.t('activity.before')}>
    ${found.map(
      ({ version, subject, content, editedBy, editedAt }) => html`<li>
        <p class="title">${subject}</p>
        <div class="rich">${richView(content)}</div>
        <p class="meta">${host.t('activity.until', { moment: host.format.moment(editedAt), name: editedBy?.name ?? host.t('value.none'), version })}</p>
      </li>`,
    )}
  </ol>`;
}

function actions(host: SalesPulseElement, entry: TimelineEntry, hands: EntryHands) {
  if (entry.kind === 'file') {
    const { attachment } = entry;
    const { remove } = hands;
    return html`<p class="links">
      <button type="button" @click=${() => hands.download(attachment)} aria-label=${host.t('file.download.of', { name: attachment.fileName })}>${host.t('file.download')}</button>
      ${remove ? html`<button type="button" @click=${() => remove(attachment)} aria-label=${host.t('file.remove.of', { name: attachment.fileName })}>${host.t('file.remove')}</button>` : nothing}
    </p>`;
  }
  if (entry.kind !== 'activity' || entry.activity.type === 'system') return nothing;
  const { activity } = entry;
  const { correct, withdraw } = hands;
  const isWithdrawn = activity.withdrawnAt !== null;
  const hasBefore = activity.correctedAt !== null && (!isWithdrawn || withdraw !== null);
  if (!correct && !hasBefore) return nothing;
  return html`<p class="links">
    ${correct && !isWithdrawn ? html`<button type="button" @click=${() => correct(activity)}>${host.t('activity.correct')}</button>` : nothing}
    ${withdraw ? html`<button type="button" @click=${() => withdraw(activity)}>${host.t(isWithdrawn ? 'activity.putBack' : 'activity.takeBack')}</button>` : nothing}
    ${
      hasBefore
        ? html`<button type="button" aria-expanded=${String(hands.revisionsOf(activity) !== null)} @click=${() => hands.toggleRevisions(activity)}>${host.t('activity.before')}</button>`
        : nothing
    }
  </p>`;
}
