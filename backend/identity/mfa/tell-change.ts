import type { SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { postMail, type SecondStepChange } from '../../notify/mail/index.ts';
import { findAccountById } from '../account.repository.ts';

/** Tells a person by mail, in the caller's transaction, that the protection of their account was changed. */
export async function tellChange(
  runner: SqlRunner,
  deps: Pick<Dependencies, 'config' | 'clock'>,
  userId: string,
  change: SecondStepChange,
): Promise<void> {
  const person = await findAccountById(runner, userId);
  if (person?.email == null) return;
  const to = { email: person.email, name: person.name, userId };
  await postMail(runner, deps, { kind: 'mfa-changed', change, to });
}
