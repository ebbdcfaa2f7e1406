import { html, nothing } from 'lit';
import type { AuditEntry } from '../../../../backend/contracts/administration.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { type Column, tableView } from '../../parts/table.ts';
import { t } from '../../text.ts';
import { auditDiff, type FieldChange } from './audit-diff.ts';
import { actionText, entityText, pathText, recordAddress } from './audit-words.ts';

/** Who did it, and by which way where it wasn't the console. */
export function actorText({ actor, actorKind }: AuditEntry) {
  const key = `audit.kind.${actorKind}`;
  const way = t(key) === key ? actorKind : t(key);
  if (!actor) return way.charAt(0).toUpperCase() + way.slice(1);
  const isPlain = actorKind === 'user' || actorKind === 'session';
  return html`<span>${actor.name}${isPlain ? nothing : html` <span class="muted">${way}</span>`}</span>`;
}

/** An entry of the audit log with the fields that changed, before and after side by side. */
export class ConsoleAuditEntry extends ConsoleElement {
  static override properties = { entry: { attribute: false }, onClose: { attribute: false } };

  declare entry: AuditEntry | null;
  declare onClose: () => void;

  protected override render() {
    const { entry } = this;
    return html`<salespulse-console-dialog .heading=${entry ? this.#heading(entry) : ''} .isOpen=${entry !== null} .isWide=${true} .onClose=${this.onClose}
      .content=${entry ? this.#content(entry) : nothing}></salespulse-console-dialog>`;
  }

  #heading({ action, entity }: AuditEntry): string {
    return `${entityText(entity)}: ${actionText(action)}`;
  }

  #content(entry: AuditEntry) {
    const address = recordAddress(entry);
    const name = entry.entityName ?? entry.entityId ?? t('value.none');
    const { format } = this.app;
    return html`<dl class="facts">
        <div><dt>${t('audit.at')}</dt><dd>${format.moment(entry.at, { dateStyle: 'medium', timeStyle: 'long' })}</dd></div>
        <div><dt>${t('audit.actor')}</dt><dd>${actorText(entry)}</dd></div>
        <div><dt>${t('audit.record')}</dt><dd>${address ? html`<a href=${address} @click=${this.onClose}>${name}</a>` : name}</dd></div>
        ${entry.requestId ? html`<div><dt>${t('audit.request')}</dt><dd><code>${entry.requestId}</code></dd></div>` : nothing}
      </dl>
      ${this.#changes(entry)}`;
  }

  #changes({ before, after }: AuditEntry) {
    const changes = auditDiff(before ?? undefined, after ?? undefined);
    if (changes.length === 0) return html`<p class="card-empty">${t('audit.noFields')}</p>`;
    const field: Column<FieldChange> = {
      label: t('audit.field'),
      isTitle: true,
      cell: ({ path }) => (path.length === 0 ? t('audit.value') : pathText(path)),
    };
    const old: Column<FieldChange> = {
      label: t('audit.before'),
      cell: (change) => this.#value(change.before, 'diff-before'),
    };
    const fresh: Column<FieldChange> = {
      label: t('audit.after'),
      cell: (change) => this.#value(change.after, 'diff-after'),
    };
    const columns = [field, ...(before === null ? [] : [old]), ...(after === null ? [] : [fresh])];
    return tableView({ label: t('audit.fields'), columns, items: changes, key: ({ path }) => path.join('/') });
  }

  #value(value: unknown, className: string) {
    const text = this.#text(value);
    return text === null
      ? html`<span class="muted">${t('audit.none')}</span>`
      : html`<span class="diff-value ${className}">${text}</span>`;
  }

  /** As people write it; null for nothing. */
  #text(value: unknown): string | null {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (Array.isArray(value)) return value.length === 0 ? null : value.map((item) => this.#text(item) ?? '').join(', ');
    if (typeof value === 'object') return this.#objectText(value);
    const text = String(value);
    return /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(text) ? this.app.format.moment(text) : text;
  }

  #objectText(value: object): string | null {
    if ('amount' in value && 'currency' in value) return `${value.amount} ${value.currency}`;
    return Object.keys(value).length === 0 ? null : JSON.stringify(value);
  }
}
