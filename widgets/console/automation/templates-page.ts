import { html, nothing } from 'lit';
import type { AutomationCatalogue, MailTemplateWire } from '../../../backend/contracts/automation.ts';
import { CollectionPage } from '../parts/collection-page.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { OnceKey } from '../parts/once-key.ts';
import { problemText } from '../parts/problems.ts';
import type { Column } from '../parts/table.ts';
import { patchVersioned } from '../parts/versioned.ts';
import { t } from '../text.ts';

/** Texts that rules fill in and send. */
export class ConsoleMailTemplatesPage extends CollectionPage<MailTemplateWire> {
  static override properties = { edited: { state: true }, isOpen: { state: true }, placeholders: { state: true } };

  /** The template in the dialog; null: a new one. */
  declare edited: MailTemplateWire | null;
  declare isOpen: boolean;
  declare placeholders: AutomationCatalogue['placeholders'];
  readonly #once = new OnceKey();
  protected readonly path = 'mail-templates';
  protected readonly emptyText = { title: t('templates.empty'), text: t('templates.empty.text') };
  protected readonly columns: readonly Column<MailTemplateWire>[] = [
    { label: t('templates.name'), isTitle: true, cell: ({ name }) => name },
    { label: t('templates.subject'), cell: ({ subject }) => subject },
    {
      label: t('templates.usedBy'),
      cell: ({ usedBy }) =>
        usedBy.length === 0
          ? t('templates.unused')
          : usedBy.map(
              ({ id, name }, index) => html`${index === 0 ? '' : ', '}<a href="/automation/${id}">${name}</a>`,
            ),
    },
    {
      label: t('templates.edit'),
      isLabelHidden: true,
      cell: (template) => html`<div class="row-actions">
        <button type="button" class="button" aria-label=${t('templates.editOne', { name: template.name })} @click=${() => this.#open(template)}>${icon('pencil')}${t('templates.edit')}</button>
        <button type="button" class="icon-button" aria-label=${t('templates.deleteOne', { name: template.name })} @click=${() => void this.#delete(template)}>${icon('trash')}</button>
      </div>`,
    },
  ];

  constructor() {
    super();
    this.edited = null;
    this.isOpen = false;
    this.placeholders = [];
  }

  get heading(): string {
    return t('templates.title');
  }

  protected override intro() {
    return html`<nav class="breadcrumb"><a href="/automation">${t('automation.title')}</a></nav>
      <p class="muted">${t('templates.text', { example: '{{contact.name}}' })}</p>`;
  }

  protected override actions() {
    return html`<button type="button" class="button button-primary" @click=${() => this.#open(null)}>${icon('plus')}${t('templates.new')}</button>`;
  }

  protected override dialogs() {
    const fields: Field[] = [
      { name: 'name', label: t('templates.name'), kind: 'text', required: true, maxLength: 100, isWide: true },
      { name: 'subject', label: t('templates.subject'), kind: 'text', required: true, maxLength: 200, isWide: true },
      { name: 'body', label: t('templates.body'), kind: 'textarea', required: true, maxLength: 20_000, isWide: true },
    ];
    const { edited } = this;
    return html`<salespulse-console-form-dialog .app=${this.app} .isOpen=${this.isOpen} .fields=${fields}
      .heading=${edited ? t('templates.editOne', { name: edited.name }) : t('templates.new')}
      .values=${edited ? { name: edited.name, subject: edited.subject, body: edited.body } : {}}
      .intro=${this.isOpen ? this.#help() : nothing} .save=${this.#save} .onClose=${() => {
        this.isOpen = false;
      }}></salespulse-console-form-dialog>`;
  }

  #help() {
    return html`<details class="rule-help"><summary>${t('templates.placeholders')}</summary>
      <dl class="rule-placeholders">${this.placeholders.map(({ name, label }) => html`<dt class="mono">{{${name}}}</dt><dd>${label}</dd>`)}</dl>
      <p>${t('templates.fallback', { example: '{{record.company|your company}}' })}</p></details>`;
  }

  #open(template: MailTemplateWire | null): void {
    this.edited = template;
    this.isOpen = true;
    if (this.placeholders.length === 0) void this.#loadPlaceholders();
  }

  async #loadPlaceholders(): Promise<void> {
    try {
      const catalogue = await this.app.api.get<AutomationCatalogue>('automation-catalogue', { entity: 'lead' });
      this.placeholders = catalogue.placeholders;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const { api } = this.app;
    const { edited } = this;
    const saved = edited
      ? await patchVersioned<MailTemplateWire>(api, `mail-templates/${edited.id}`, body, edited.version)
      : await api.send<MailTemplateWire>('POST', 'mail-templates', body, { idempotencyKey: this.#once.for(body) });
    this.#once.done();
    this.reload();
    this.app.notify(t('templates.saved', { name: saved.name }));
  };

  async #delete({ id, name, version }: MailTemplateWire): Promise<void> {
    const question = {
      title: t('templates.deleteOne', { name }),
      text: t('templates.delete.text'),
      action: t('templates.delete'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.app.api.send('DELETE', `mail-templates/${id}`, undefined, { ifMatch: version });
      this.reload();
      this.app.notify(t('templates.deleted', { name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
