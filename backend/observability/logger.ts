import { type DestinationStream, type Logger, pino } from 'pino';

const SECRET_NAMES = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'newPassword',
  'currentPassword',
  'passwordHash',
  'secret',
  'secretKey',
  'clientSecret',
  'token',
  'accessToken',
  'refreshToken',
  'assertion',
  'apiKey',
  'x-api-key',
  'privateKey',
  'challenge',
] as const;

/** Parents below which a secret is blanked too: the object itself, and up to three levels down. */
const DEPTHS = ['', '*.', '*.*.', '*.*.*.'];

const quoted = (name: string): string => (/^[a-zA-Z]+$/.test(name) ? name : `["${name}"]`);

/** pino's redaction paths: every secret name, at every depth that log lines have. */
export const redactedPaths: readonly string[] = SECRET_NAMES.flatMap((name) =>
  DEPTHS.map((depth) => (name === quoted(name) ? depth + name : depth.replace(/\.$/, '') + quoted(name))),
);

const URL_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi;
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi;
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+/g;

/** Blanks credentials inside free text: passwords in addresses, bearer credentials, JSON web tokens. */
export function redactText(text: string): string {
  return text
    .replace(URL_PASSWORD, '$1[redacted]@')
    .replace(BEARER, '$1 [redacted]')
    .replace(JSON_WEB_TOKEN, '[redacted]');
}

function redactedError(error: Error): object {
  const plain = pino.stdSerializers.errWithCause(error) as object;
  return JSON.parse(redactText(JSON.stringify(plain))) as object;
}

/**
 * The process's logger: one JSON line an event. Credentials are blanked by name wherever they stand in a
 * logged object, and by shape in messages and errors.
 */
export function createLogger(options: { level: string; destination?: DestinationStream }): Logger {
  return pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...redactedPaths], censor: '[redacted]' },
      serializers: { err: redactedError, error: redactedError },
      hooks: {
        logMethod(args, method) {
          const safe = args.map((value) => (typeof value === 'string' ? redactText(value) : value));
          method.apply(this, safe as typeof args);
        },
      },
    },
    options.destination ?? pino.destination({ dest: 1, sync: false }),
  );
}
