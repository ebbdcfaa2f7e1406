// npm run user:create -- --email E --name N --role admin|manager|rep|viewer   (password from standard input)
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { type UserToCreate, userToCreateSchema } from './create-user.ts';
import { explainAndExit, UsageError } from './process.ts';
import { withStore } from './with-store.ts';

const USAGE =
  'Usage: npm run user:create -- --email E --name N --role admin|manager|rep|viewer   (the password is read from standard input)';

function readArguments() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ options: { email: text, name: text, role: text } }).values;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence}.\n${USAGE}`);
  }
}

/** The first line of standard input; typed at a terminal it is not shown. */
async function readPassword(): Promise<string> {
  const isTyped = process.stdin.isTTY === true;
  if (isTyped) process.stderr.write('Password: ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: isTyped });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (isTyped) process.stderr.write('\n');
  }
}

function checked(values: object): UserToCreate {
  const result = userToCreateSchema.safeParse(values);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new UsageError(`The user cannot be created:\n${problems.join('\n')}\n${USAGE}`);
}

async function main(): Promise<void> {
  const values = readArguments();
  const missing = (['email', 'name', 'role'] as const).filter((option) => values[option] === undefined);
  if (missing.length > 0)
    throw new UsageError(`${missing.map((option) => `--${option}`).join(', ')} missing.\n${USAGE}`);
  const user = checked({ ...values, password: await readPassword() });
  await withStore((operations) => operations.createUser(user));
  process.stdout.write(`${user.name} (${user.email}) can sign in as ${user.role}.\n`);
}

main().then(() => process.exit(0), explainAndExit);
