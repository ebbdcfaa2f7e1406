interface DriverCause {
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  constraint?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: { cause?: DriverCause } };
}

/**
 * Was this a unique or primary key violation? Understands node-postgres, PGlite and Prisma's wrapping of both
 * (P2002 for typed queries, P2010 with the driver's error for raw ones).
 */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, meta, cause } = error as DriverCause;
  if (code === '23505' || code === 'P2002') return true;
  const driver = meta?.driverAdapterError?.cause;
  if (driver?.originalCode === '23505' || driver?.code === '23505' || driver?.kind === 'UniqueConstraintViolation')
    return true;
  return cause !== undefined && cause !== error && isUniqueViolation(cause);
}
