import type { ExportRequest } from '../contracts/exports.ts';
import { type SqlRunner, sql } from '../db/index.ts';

/** A request with how its reader writes numbers and days. */
export type ReadableRequest = ExportRequest & { locale: string; timeZone: string };

/** Fills in what a request leaves to the person's profile, and what that leaves to the company. */
export async function asReaderWants(
  runner: SqlRunner,
  userId: string,
  request: ExportRequest,
  companyTimeZone: string,
): Promise<ReadableRequest> {
  const { locale, timeZone } = request;
  if (locale !== undefined && timeZone !== undefined) return { ...request, locale, timeZone };
  const profile = await runner.first<{ locale: string | null; timeZone: string | null }>(sql`
    select locale, time_zone as "timeZone" from app_user where id = ${userId}::uuid`);
  return {
    ...request,
    locale: locale ?? profile?.locale ?? 'en',
    timeZone: timeZone ?? profile?.timeZone ?? companyTimeZone,
  };
}
