import { t } from '../text.ts';
import { deviceOf } from './user-agent.ts';

/** "Firefox on Windows". */
export function deviceName(userAgent: string | null): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser && system) return t('device.both', { browser, system });
  return browser ?? system ?? t('device.unknown');
}
