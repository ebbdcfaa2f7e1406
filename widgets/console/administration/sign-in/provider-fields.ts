import { html } from 'lit';
import type { IdentityProvider } from '../../../../backend/contracts/administration.ts';
import type { Role } from '../../../../backend/contracts/users.ts';
import type { App } from '../../app.ts';
import type { Field, FormValues } from '../../parts/fields.ts';
import { namedOptions } from '../../records/references.ts';
import { t } from '../../text.ts';

/** What a new provider starts with. */
export const newProvider: FormValues = {
  scopes: ['openid', 'email', 'profile'],
  roleMapping: [],
  emailDomains: [],
  createsPeople: false,
  isActive: true,
};

/** The inputs of a provider; null for one that is being made. */
export function providerFields(app: App, provider: IdentityProvider | null, roles: readonly Role[]): Field[] {
  return [
    {
      name: 'name',
      label: t('providers.name'),
      kind: 'text',
      required: true,
      maxLength: 60,
      help: t('providers.name.help'),
      isWide: true,
    },
    {
      name: 'issuer',
      label: t('providers.issuer'),
      kind: 'text',
      required: true,
      help: t('providers.issuer.help'),
      isWide: true,
    },
    { name: 'clientId', label: t('providers.clientId'), kind: 'text', required: true, maxLength: 300 },
    {
      name: 'clientSecret',
      label: t('providers.secret'),
      kind: 'password',
      help: t(provider?.hasSecret ? 'providers.secret.kept' : 'providers.secret.none'),
      autocomplete: 'off',
    },
    {
      name: 'scopes',
      label: t('providers.scopes'),
      kind: 'lines',
      required: true,
      help: t('providers.scopes.help'),
    },
    { name: 'emailDomains', label: t('providers.domains'), kind: 'lines', help: t('providers.domains.help') },
    {
      name: 'createsPeople',
      label: t('providers.creates'),
      kind: 'checkbox',
      help: t('providers.creates.help'),
      isWide: true,
    },
    {
      name: 'defaultRoleId',
      label: t('providers.defaultRole'),
      kind: 'select',
      options: namedOptions(roles),
      emptyLabel: t('providers.defaultRole.none'),
    },
    {
      name: 'roleClaim',
      label: t('providers.roleClaim'),
      kind: 'text',
      maxLength: 100,
      help: t('providers.roleClaim.help'),
    },
    {
      name: 'roleMapping',
      label: t('providers.mapping'),
      kind: 'control',
      isWide: true,
      help: t('providers.mapping.help'),
      control: (value) =>
        html`<salespulse-console-role-mapping .app=${app} .name=${'roleMapping'} .initial=${value ?? []} .roles=${roles}></salespulse-console-role-mapping>`,
    },
    { name: 'isActive', label: t('providers.active'), kind: 'checkbox', isWide: true },
  ];
}
