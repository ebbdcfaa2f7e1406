interface DriverCause {
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  constraint?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: { cause?: DriverCause } };
}

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What Prisma's adapters call the errors whose SQLSTATE they leave out. */
const SQLSTATE_OF_KIND: Readonly<Record<string, string>> = {
  UniqueConstraintViolation: '23505',
  LengthMismatch: '22001',
  ValueOutOfRange: '22003',
  InvalidInputValue: '22P02',
  // A deadlock or a serialisation failure; both pass alike.
  TransactionWriteConflict: '40001',
};

/**
 * The SQLSTATE behind an error of the database, or undefined. Understands node-postgres, PGlite and Prisma's
 * wrapping of both (P2002 for typed queries, P2010 with the driver's error for raw ones).
 */
export function sqlStateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, meta, cause } = error as DriverCause;
  if (code === 'P2002') return '23505';
  if (code === 'P2034') return '40001';
  const driver = meta?.driverAdapterError?.cause;
  for (const state of [driver?.originalCode, driver?.code]) {
    if (typeof state === 'string' && SQLSTATE.test(state)) return state;
  }
  if (typeof driver?.kind === 'string' && SQLSTATE_OF_KIND[driver.kind]) return SQLSTATE_OF_KIND[driver.kind];
  if (typeof code === 'string' && SQLSTATE.test(code) && !/^P2\d{3}$/.test(code)) return code;
  return cause !== undefined && cause !== error ? sqlStateOf(cause) : undefined;
}

/** Was this a unique or primary key violation? */
export const isUniqueViolation = (error: unknown): boolean => sqlStateOf(error) === '23505';

/** Serialisation failure and deadlock: the database took a transaction back for another one's sake. */
const COLLISIONS = new Set(['40001', '40P01']);

/** Did two transactions get into each other's way? Nothing was changed then, and the same work may succeed next time. */
export const isCollision = (error: unknown): boolean => COLLISIONS.has(sqlStateOf(error) ?? '');
