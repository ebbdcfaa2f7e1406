export { settingsRoutes } from './settings.routes.ts';
export { createSignInSettings, type SignInSettingsService } from './sign-in-settings.service.ts';
