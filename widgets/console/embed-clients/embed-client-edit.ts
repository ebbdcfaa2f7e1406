import { html, type PropertyValues } from 'lit';
import type { Page } from '../../../backend/contracts/common.ts';
import type { EmbedClient } from '../../../backend/contracts/embed.ts';
import type { Role } from '../../../backend/contracts/users.ts';
import { can } from '../app.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { bodyOf, changesBetween, type Field, type FormValues } from '../parts/fields.ts';
import { problemText } from '../parts/problems.ts';
import { patchVersioned } from '../parts/versioned.ts';
import { namedOptions } from '../records/references.ts';
import { t } from '../text.ts';
import { matchEmailField, nameField, originsField } from './client-fields.ts';

const components = ['salespulse-kanban', 'salespulse-kpis', 'salespulse-chart'] as const;

/** Changes what a host may show, where, and what its people become. */
export class ConsoleEmbedClientEdit extends ConsoleElement {
  static override properties = {
    client: { attribute: false },
    saved: { attribute: false },
    onClose: { attribute: false },
    roles: { state: true },
  };

  declare client: EmbedClient | null;
  declare saved: () => void;
  declare onClose: () => void;
  declare roles: readonly Role[];

  constructor() {
    super();
    this.client = null;
    this.roles = [];
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('client') && this.client && this.roles.length === 0) void this.#loadRoles();
  }

  protected override render() {
    const { client } = this;
    return html`<salespulse-console-form-dialog .app=${this.app} .heading=${client ? t('embed.editOne', { name: client.name }) : ''}
      .isOpen=${client !== null} .onClose=${this.onClose} .fields=${this.#fields()} .values=${client ?? {}}
      .save=${this.#save}></salespulse-console-form-dialog>`;
  }

  #fields(): Field[] {
    const others = (this.client?.components ?? []).filter((name) => !components.some((known) => known === name));
    return [
      nameField(),
      originsField(),
      {
        name: 'components',
        label: t('embed.components'),
        kind: 'checks',
        options: [...components, ...others].map((value) => ({ value, label: value })),
        help: t('embed.components.help'),
        isWide: true,
      },
      { name: 'issuer', label: t('embed.issuer'), kind: 'text', maxLength: 300, help: t('embed.issuer.help') },
      ...(this.roles.length > 0 ? [this.#roleField()] : []),
      matchEmailField(),
    ];
  }

  #roleField(): Field {
    return {
      name: 'defaultRoleId',
      label: t('embed.defaultRole'),
      kind: 'select',
      options: namedOptions(this.roles),
      emptyLabel: t('embed.defaultRole.none'),
      help: t('embed.defaultRole.help'),
    };
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const { client } = this;
    if (!client) return;
    const changes = changesBetween(bodyOf(this.#fields(), { ...client }), body);
    if (Object.keys(changes).length === 0) return;
    await patchVersioned(this.app.api, `embed/clients/${client.id}`, changes, client.version);
    this.saved();
    this.app.notify(t('embed.saved', { name: String(body.name) }));
  };

  async #loadRoles(): Promise<void> {
    if (!can(this.app.me, 'role.read')) return;
    try {
      this.roles = (await this.app.api.get<Page<Role>>('roles')).items;
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  }
}
