import { z } from 'zod';
import type { SqlRunner } from '../../db/index.ts';
import { createToken, findToken, spendToken } from '../one-time-token.repository.ts';

const LIFE_MS = 5 * 60_000;

/** What a person is about to do with a passkey; an answer to one is none to another. */
export type CeremonyUse = 'sign-in' | 'proof' | 'registration';

const payloadSchema = z.object({ use: z.string(), webAuthn: z.string() });

interface Ceremony {
  use: CeremonyUse;
  /** null: whoever answers */
  userId: string | null;
}

/** Keeps the challenge that a browser was given, for five minutes; answers the secret that stands for it. */
export const openCeremony = (
  runner: SqlRunner,
  { use, userId, webAuthn, now }: Ceremony & { webAuthn: string; now: Date },
): Promise<string> =>
  createToken(runner, { purpose: 'passkey', userId, payload: { use, webAuthn }, lifeMs: LIFE_MS, now });

/** The challenge that `secret` stands for; null when it was answered, ran out, or was given to somebody or something else. */
export async function findCeremony(
  runner: SqlRunner,
  secret: string,
  { use, userId }: Ceremony,
  now: Date,
): Promise<string | null> {
  const token = await findToken(runner, 'passkey', secret, now);
  const payload = payloadSchema.safeParse(token?.payload);
  const isMeant = token !== undefined && payload.success && token.userId === userId && payload.data.use === use;
  return isMeant ? payload.data.webAuthn : null;
}

/** Ends it: of two answers at the same time, one counts. */
export const closeCeremony = async (runner: SqlRunner, secret: string, now: Date): Promise<boolean> =>
  (await spendToken(runner, 'passkey', secret, now)) !== undefined;
