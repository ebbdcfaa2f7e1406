import type { Config } from '../../config.ts';
import type { SystemPart } from '../part.ts';

/** The key that all others are derived from: where it is kept. */
export const secretsPart = ({
  secretSource,
  isProduction,
  metricsKey,
}: Pick<Config, 'secretSource' | 'isProduction' | 'metricsKey'>): SystemPart => ({
  key: 'secrets',
  label: 'Secret key',
  async look() {
    const facts = [
      { label: 'Kept in', value: secretSource === 'environment' ? 'SECRET_KEY' : 'the file secret.key in DATA_DIR' },
      { label: 'Key for /metrics', value: metricsKey === null ? 'none, so the address does not exist' : 'set' },
    ];
    if (secretSource === 'environment') {
      const detail =
        'SECRET_KEY is set. Keep a copy apart from the backups: without it, stored secrets cannot be read and nobody can sign in by password.';
      return { status: 'ok', detail, facts };
    }
    const detail =
      'The secret key was made by itself and lies beside the data: who copies the folder has both. Set SECRET_KEY to keep them apart; its value then must be the content of that file.';
    return { status: isProduction ? 'warning' : 'ok', detail, facts };
  },
});
