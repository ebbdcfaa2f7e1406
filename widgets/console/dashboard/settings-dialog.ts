import { html, type PropertyValues } from 'lit';
import type { Named, Page } from '../../../backend/contracts/common.ts';
import type { Dashboard } from '../../../backend/contracts/dashboards.ts';
import type { Selection } from '../../elements/filters/selection.ts';
import { can } from '../app.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { Loader } from '../parts/loader.ts';
import { patchVersioned } from '../parts/versioned.ts';
import { t } from '../text.ts';

/** Name, purpose and audience of a dashboard, and what it opens with. */
export class ConsoleDashboardSettings extends ConsoleElement {
  static override properties = {
    dashboard: { attribute: false },
    selection: { attribute: false },
    isOpen: { attribute: false },
    onClose: { attribute: false },
    onSaved: { attribute: false },
  };

  declare dashboard: Dashboard;
  /** What shows now. */
  declare selection: Selection;
  declare isOpen: boolean;
  declare onClose: () => void;
  declare onSaved: () => void;
  readonly #roles = new Loader<readonly Named[]>(this);

  /** What the inputs start with: the same object while the dialog is open, so that what was typed stays. */
  #values: FormValues = {};

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('isOpen') || !this.isOpen) return;
    const { name, description, audience, roles } = this.dashboard;
    this.#values = { name, description, audience, roleIds: roles.map(({ id }) => id), keepSelection: false };
  }

  protected override updated(): void {
    if (this.isOpen && !this.#roles.data && this.#canShare && can(this.app.me, 'role.read'))
      void this.#roles.load(async (signal) => (await this.app.api.get<Page<Named>>('roles', {}, { signal })).items);
  }

  get #canShare(): boolean {
    return can(this.app.me, 'view.share');
  }

  get #fields(): Field[] {
    const options = (this.#roles.data ?? this.dashboard.roles).map(({ id, name }) => ({ value: id, label: name }));
    const audiences = (['private', 'roles', 'everyone'] as const).filter(
      (one) => one !== 'roles' || options.length > 0,
    );
    const sharing: Field[] = [
      {
        name: 'audience',
        label: t('dashboard.audience'),
        kind: 'select',
        options: audiences.map((value) => ({ value, label: t(`dashboard.audience.${value}`) })),
        help: t('dashboard.audience.help'),
        isWide: true,
      },
      ...(options.length > 0
        ? [{ name: 'roleIds', label: t('dashboard.roles'), kind: 'checks' as const, options, isWide: true }]
        : []),
    ];
    return [
      { name: 'name', label: t('dashboard.name'), kind: 'text', required: true, maxLength: 100, isWide: true },
      { name: 'description', label: t('dashboard.description'), kind: 'textarea', maxLength: 500, isWide: true },
      ...(this.#canShare ? sharing : []),
      { name: 'keepSelection', label: t('dashboard.keepSelection'), kind: 'checkbox', isWide: true },
    ];
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const { keepSelection, description, roleIds, ...others } = body;
    const change = {
      ...others,
      description: description ?? '',
      ...(roleIds === undefined ? {} : { roleIds: body.audience === 'roles' ? roleIds : [] }),
      ...(keepSelection === true ? { selection: this.selection } : {}),
    };
    await patchVersioned(this.app.api, `dashboards/${this.dashboard.id}`, change, this.dashboard.version);
    this.app.notify(t('dashboard.saved'));
    this.onSaved();
  };

  protected override render() {
    return html`<salespulse-console-form-dialog .app=${this.app} .heading=${t('dashboard.settings')} .isOpen=${this.isOpen}
      .fields=${this.#fields} .values=${this.#values} .save=${this.#save} .onClose=${this.onClose}></salespulse-console-form-dialog>`;
  }
}
