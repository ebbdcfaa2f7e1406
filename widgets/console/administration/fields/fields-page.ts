import { html, nothing, type PropertyValues } from 'lit';
import type { Page } from '../../../../backend/contracts/common.ts';
import type { CustomField, FieldUsage } from '../../../../backend/contracts/fields.ts';
import type { Role } from '../../../../backend/contracts/users.ts';
import { can } from '../../app.ts';
import { CollectionPage } from '../../parts/collection-page.ts';
import type { FormValues } from '../../parts/fields.ts';
import { icon } from '../../parts/icons.ts';
import { problemText } from '../../parts/problems.ts';
import { emptyState } from '../../parts/states.ts';
import { type Column, tableView } from '../../parts/table.ts';
import { forgetReferences, peopleOf } from '../../records/references.ts';
import { t } from '../../text.ts';
import type { EditedField } from './field-dialog.ts';
import { entities, type FieldFacts } from './field-inputs.ts';

/** The administrator's own fields, by the records that have them. */
export class ConsoleFieldsPage extends CollectionPage<CustomField> {
  static override properties = {
    edited: { state: true },
    erased: { state: true },
    erasedValues: { state: true },
    facts: { state: true },
  };

  declare edited: EditedField | null;
  declare erased: CustomField | null;
  declare erasedValues: number;
  declare facts: FieldFacts;
  protected readonly path = 'fields?all=true';
  protected readonly emptyText = { title: t('fields.empty'), text: t('fields.empty.text') };
  protected readonly columns: readonly Column<CustomField>[] = [
    {
      label: t('fields.label'),
      isTitle: true,
      cell: ({ label, archivedAt }) =>
        archivedAt === null ? label : html`${label} <span class="badge badge-plain">${t('fields.archived')}</span>`,
    },
    { label: t('fields.key'), cell: ({ key }) => html`<code>${key}</code>` },
    { label: t('fields.type'), cell: ({ type }) => t(`fields.type.${type}`) },
    { label: t('fields.marks'), cell: (field) => this.#marks(field) },
    { label: t('fields.visibleTo'), cell: (field) => this.#visibleTo(field) },
    { label: t('fields.edit'), isLabelHidden: true, cell: (field) => this.#buttons(field) },
  ];

  constructor() {
    super();
    this.edited = null;
    this.erased = null;
    this.erasedValues = 0;
    this.facts = { roles: [], people: [] };
  }

  get heading(): string {
    return t('nav.fields');
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    void this.#loadFacts();
  }

  /** Roles and people to choose from; the page does without where they can't be had. */
  async #loadFacts(): Promise<void> {
    try {
      const roles = can(this.app.me, 'role.read') ? (await this.app.api.get<Page<Role>>('roles')).items : [];
      const people = await peopleOf(this.app);
      this.facts = { roles: roles.map(({ key, name }) => ({ value: key, label: name })), people };
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override intro() {
    return html`<p class="muted">${t('fields.text')}</p>`;
  }

  protected override actions() {
    return html`<button type="button" class="button button-primary" @click=${() => {
      this.edited = 'new';
    }}>${icon('plus')}${t('fields.add')}</button>`;
  }

  protected override content(fields: readonly CustomField[]) {
    const { title, text } = this.emptyText;
    if (fields.length === 0) return emptyState(title, text, this.actions());
    return html`${entities.map((entity) => {
      const items = fields
        .filter((field) => field.entity === entity)
        .sort((a, b) => Number(a.archivedAt !== null) - Number(b.archivedAt !== null));
      const label = t(`fields.entity.${entity}`);
      return items.length === 0
        ? nothing
        : html`<section aria-label=${label}><h2>${label}</h2>
            ${tableView({ label, columns: this.columns, items, key: ({ id }) => id })}</section>`;
    })}`;
  }

  #marks({ required, isUnique, isDimension, defaultValue }: CustomField) {
    const marks = [
      required ? t('fields.required') : '',
      isUnique ? t('fields.unique') : '',
      isDimension ? t('fields.dimension') : '',
      defaultValue === null ? '' : t('fields.default'),
    ].filter(Boolean);
    return marks.length > 0 ? marks.join(', ') : t('value.none');
  }

  #visibleTo({ visibleTo }: CustomField): string {
    if (visibleTo.length === 0) return t('fields.everybody');
    return visibleTo.map((key) => this.facts.roles.find(({ value }) => value === key)?.label ?? key).join(', ');
  }

  #buttons(field: CustomField) {
    const { label: name } = field;
    const button = (word: string, act: () => unknown) =>
      html`<button type="button" class="button" aria-label=${t(`fields.${word}One`, { name })} @click=${act}>${t(`fields.${word}`)}</button>`;
    return html`<div class="row-actions">
      ${
        field.archivedAt === null
          ? html`${button('edit', () => {
              this.edited = field;
            })} ${button('archive', () => this.#archive(field))}`
          : html`${button('restore', () => this.#restore(field))} ${button('erase', () => this.#askErase(field))}`
      }
    </div>`;
  }

  /** What happened to a field is said, and seen in the list. */
  async #act(act: () => Promise<string | null>): Promise<void> {
    try {
      const done = await act();
      if (done === null) return;
      this.#changed();
      this.app.notify(done);
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  /** Forms and lists ask for the fields again. */
  readonly #changed = (): void => {
    forgetReferences(this.app);
    this.reload();
  };

  readonly #archive = (field: CustomField): Promise<void> =>
    this.#act(async () => {
      const { label: name } = field;
      const usage = await this.app.api.get<FieldUsage>(`fields/${field.id}/usage`);
      const places = [
        ...usage.stages,
        ...usage.rules,
        ...(usage.views > 0 ? [t('fields.views', { count: usage.views })] : []),
      ];
      const text = t('fields.archive.text', { values: t('fields.records', { count: usage.values }) });
      const isAgreed = await this.app.confirm({
        title: t('fields.archiveQuestion', { name }),
        text: places.length > 0 ? `${text} ${t('fields.archive.used', { places: places.join(', ') })}` : text,
        action: t('fields.archive'),
      });
      if (!isAgreed) return null;
      await this.app.api.send('POST', `fields/${field.id}/archive`, undefined, { ifMatch: field.version });
      return t('fields.archived.done', { name });
    });

  readonly #restore = (field: CustomField): Promise<void> =>
    this.#act(async () => {
      await this.app.api.send('POST', `fields/${field.id}/restore`, undefined, { ifMatch: field.version });
      return t('fields.restored', { name: field.label });
    });

  readonly #askErase = (field: CustomField): Promise<void> =>
    this.#act(async () => {
      this.erasedValues = (await this.app.api.get<FieldUsage>(`fields/${field.id}/usage`)).values;
      this.erased = field;
      return null;
    });

  readonly #erase = async (body: FormValues): Promise<void> => {
    const field = this.erased;
    if (!field) return;
    await this.app.api.send('POST', `fields/${field.id}/erase`, body, { ifMatch: field.version });
    this.#changed();
    this.app.notify(t('fields.erased', { name: field.label }));
  };

  protected override dialogs() {
    const { erased } = this;
    const name = erased?.label ?? '';
    return html`<salespulse-console-field-dialog .app=${this.app} .edited=${this.edited} .facts=${this.facts} .saved=${this.#changed}
        .onClose=${() => {
          this.edited = null;
        }}></salespulse-console-field-dialog>
      <salespulse-console-form-dialog .app=${this.app} .isOpen=${erased !== null} .heading=${t('fields.eraseOne', { name })}
        .intro=${html`<p>${t('fields.erase.text', { name, values: t('fields.records', { count: this.erasedValues }) })}</p>`}
        .fields=${[{ name: 'key', label: t('fields.erase.key', { key: erased?.key ?? '' }), kind: 'text', required: true, isWide: true }]}
        .save=${this.#erase} .submitLabel=${t('fields.erase.action')}
        .onClose=${() => {
          this.erased = null;
        }}></salespulse-console-form-dialog>`;
  }
}
