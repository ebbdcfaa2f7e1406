import { html } from 'lit';
import type { Tag } from '../../../../backend/contracts/tags.ts';
import { CollectionPage } from '../../parts/collection-page.ts';
import type { Field, FormValues } from '../../parts/fields.ts';
import { problemText } from '../../parts/problems.ts';
import type { Column } from '../../parts/table.ts';
import { t } from '../../text.ts';

interface CountedTag extends Tag {
  records?: number | undefined;
}

const colours: Readonly<Record<Tag['colour'], true>> = {
  ...{ grey: true, blue: true, teal: true, green: true, yellow: true },
  ...{ orange: true, red: true, pink: true, purple: true },
};

const countOf = ({ records = 0 }: CountedTag): string => t('tags.count', { count: records });

/** The company's tags with how many records carry each: renamed, coloured, merged and deleted here. */
export class ConsoleTagsPage extends CollectionPage<CountedTag> {
  static override properties = {
    edited: { state: true },
    merged: { state: true },
  };

  declare edited: CountedTag | null;
  declare merged: CountedTag | null;
  protected readonly path = 'tags?count=true';
  protected readonly emptyText = { title: t('tags.empty'), text: t('tags.empty.text') };
  protected readonly columns: readonly Column<CountedTag>[] = [
    { label: t('tags.name'), isTitle: true, cell: ({ name }) => html`<span class="tag">${name}</span>` },
    { label: t('tags.colour'), cell: ({ colour }) => t(`tags.colour.${colour}`) },
    { label: t('tags.records'), isNumber: true, cell: ({ records }) => this.app.format.number(records ?? 0) },
    { label: t('tags.actions'), isLabelHidden: true, cell: (tag) => this.#buttons(tag) },
  ];

  constructor() {
    super();
    this.edited = null;
    this.merged = null;
  }

  get heading(): string {
    return t('nav.tags');
  }

  protected override intro() {
    return html`<p class="muted">${t('tags.text')}</p>`;
  }

  #buttons(tag: CountedTag) {
    const { name } = tag;
    const button = (word: 'edit' | 'merge' | 'delete', act: () => unknown) =>
      html`<button type="button" class="button" aria-label=${t(`tags.${word}One`, { name })} @click=${act}>${t(`tags.${word}`)}</button>`;
    const others = this.#others(tag).length > 0;
    return html`<div class="row-actions">
      ${button('edit', () => {
        this.edited = tag;
      })}
      ${
        others
          ? button('merge', () => {
              this.merged = tag;
            })
          : ''
      }
      ${button('delete', () => void this.#delete(tag))}
    </div>`;
  }

  #others({ id }: CountedTag): readonly CountedTag[] {
    return (this.items.data ?? []).filter((one) => one.id !== id);
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    if (!this.edited) return;
    const { name } = await this.app.api.send<Tag>('PATCH', `tags/${this.edited.id}`, body);
    this.app.notify(t('tags.saved', { name }));
    this.reload();
  };

  readonly #merge = async (body: FormValues): Promise<void> => {
    if (!this.merged) return;
    const { name: other } = await this.app.api.send<Tag>('POST', `tags/${this.merged.id}/merge`, body);
    this.app.notify(t('tags.merged', { name: this.merged.name, other }));
    this.reload();
  };

  async #delete(tag: CountedTag): Promise<void> {
    const { id, name } = tag;
    const isAgreed = await this.app.confirm({
      title: t('tags.delete.title', { name }),
      text: t('tags.delete.text', { records: countOf(tag) }),
      action: t('tags.delete.action'),
      isDanger: true,
    });
    if (!isAgreed) return;
    try {
      await this.app.api.send('DELETE', `tags/${id}`);
      this.app.notify(t('tags.deleted', { name }));
      this.reload();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }

  protected override dialogs() {
    const { edited, merged } = this;
    const options = Object.keys(colours).map((value) => ({ value, label: t(`tags.colour.${value}`) }));
    const fields: Field[] = [
      { name: 'name', label: t('tags.name'), kind: 'text', required: true, maxLength: 50, isWide: true },
      { name: 'colour', label: t('tags.colour'), kind: 'select', required: true, options, isWide: true },
    ];
    const others = merged ? this.#others(merged).map(({ id, name }) => ({ value: id, label: name })) : [];
    const into: Field[] = [
      { name: 'into', label: t('tags.into'), kind: 'select', required: true, options: others, isWide: true },
    ];
    const text = merged ? t('tags.merge.text', { records: countOf(merged), name: merged.name }) : '';
    return html`<salespulse-console-form-dialog .app=${this.app} .isOpen=${edited !== null}
        .heading=${edited ? t('tags.editOne', { name: edited.name }) : ''} .fields=${fields}
        .values=${edited ? { name: edited.name, colour: edited.colour } : {}} .save=${this.#save} .submitLabel=${t('tags.save')}
        .onClose=${() => {
          this.edited = null;
        }}></salespulse-console-form-dialog>
      <salespulse-console-form-dialog .app=${this.app} .isOpen=${merged !== null}
        .heading=${merged ? t('tags.mergeOne', { name: merged.name }) : ''} .intro=${html`<p>${text}</p>`} .fields=${into}
        .values=${{}} .save=${this.#merge} .submitLabel=${t('tags.merge.action')}
        .onClose=${() => {
          this.merged = null;
        }}></salespulse-console-form-dialog>`;
  }
}
