import { type MailContent, PRODUCT } from './content.ts';

/** What happened to a person's second step of signing in. */
export type SecondStepChange =
  | 'totp-added'
  | 'totp-removed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'recovery-codes-made'
  | 'recovery-code-used'
  | 'removed-by-administrator';

/** Every mail we write, with what it needs to know. */
export type MailMessage =
  | { kind: 'verify-email'; link: string }
  | { kind: 'already-registered' }
  | { kind: 'reset-password'; link: string }
  | { kind: 'reset-not-possible'; providers: readonly string[] }
  | { kind: 'password-changed' }
  | { kind: 'password-reset-forced'; link: string; askedBy: string | null }
  | { kind: 'invitation'; link: string; invitedBy: string | null }
  | { kind: 'mfa-changed'; change: SecondStepChange }
  | { kind: 'task-reminder'; title: string; due: string | null; link: string }
  /** a text of the company's own, from a template of its administrators */
  | { kind: 'rule-letter'; subject: string; text: string }
  | { kind: 'rule-paused'; rule: string; reason: string; link: string }
  | { kind: 'test' };
export type MailKind = MailMessage['kind'];

const NOT_YOU = 'If this was not you, you can ignore this mail: without the link nothing happens.';
const TELL =
  'If this was not you, set a new password at once, end all other sessions on the page of your account, and tell your administrator.';

const CHANGES: Readonly<Record<SecondStepChange, string>> = {
  'totp-added': 'An authenticator app was added to your account. From now on signing in asks for a code from it.',
  'totp-removed': 'The authenticator app was removed from your account.',
  'passkey-added': 'A passkey was added to your account.',
  'passkey-removed': 'A passkey was removed from your account.',
  'recovery-codes-made': 'New recovery codes were made for your account. The old ones no longer work.',
  'recovery-code-used': 'Somebody signed in to your account with one of your recovery codes. That code is used up.',
  'removed-by-administrator':
    'An administrator removed the second step of signing in from your account: authenticator app, passkeys and recovery codes. Set it up again on the page of your account.',
};

/** What the mail says to a person of this name. */
export function contentOf(message: MailMessage, name: string, publicUrl: string): MailContent {
  const say = (subject: string, paragraphs: string[], rest: Partial<MailContent> = {}): MailContent => ({
    subject,
    name,
    paragraphs,
    notes: [],
    ...rest,
  });
  const forgot = `${publicUrl}/forgot`;
  switch (message.kind) {
    case 'verify-email':
      return say(
        'Confirm your e-mail address',
        [`You have asked for an account at ${PRODUCT}. Confirm that this address is yours.`],
        {
          action: { label: 'Confirm e-mail address', url: message.link },
          notes: [
            'The link works once, within 24 hours.',
            'If you did not ask for an account, do not open the link: nothing happens without it.',
          ],
        },
      );
    case 'already-registered':
      return say(
        'You already have an account',
        [
          `Somebody, probably you, tried to register this address at ${PRODUCT}. It has an account already, so nothing was changed.`,
          `If you don't remember the password, ask for a new one at ${forgot}.`,
        ],
        {
          action: { label: 'Sign in', url: `${publicUrl}/` },
          notes: ['If this was not you, there is nothing you need to do.'],
        },
      );
    case 'reset-password':
      return say('Choose a new password', [`You have asked for a new password for ${PRODUCT}.`], {
        action: { label: 'Choose a new password', url: message.link },
        notes: ['The link works once, within 10 minutes. A new password ends all your sessions.', NOT_YOU],
      });
    case 'reset-not-possible':
      return say(
        'How you sign in',
        [`You have asked for a new password for ${PRODUCT}, but your account has none. ${waysIn(message.providers)}`],
        {
          action: { label: 'Go to the sign-in page', url: `${publicUrl}/` },
          notes: ['If you did not ask, there is nothing you need to do.'],
        },
      );
    case 'password-changed':
      return say(
        'Your password was changed',
        [`The password of your account at ${PRODUCT} was changed, and your other sessions were ended.`],
        {
          notes: [TELL],
        },
      );
    case 'password-reset-forced':
      return say(
        'A new password is needed',
        [
          `${message.askedBy ?? 'An administrator'} asks you to choose a new password for ${PRODUCT}. The present one no longer opens your account, and your sessions were ended.`,
        ],
        {
          action: { label: 'Choose a new password', url: message.link },
          notes: [`The link works once, within 10 minutes. After that, ask for another at ${forgot}.`],
        },
      );
    case 'invitation':
      return say(
        `You are invited to ${PRODUCT}`,
        [
          `${message.invitedBy ?? 'An administrator'} has made an account at ${PRODUCT} for you. Choose a password and you are in.`,
        ],
        {
          action: { label: 'Accept the invitation', url: message.link },
          notes: ['The link works once, within 72 hours.', 'If you do not expect this invitation, ignore it.'],
        },
      );
    case 'mfa-changed':
      return say('The protection of your account was changed', [CHANGES[message.change]], { notes: [TELL] });
    case 'task-reminder':
      return say(
        `Reminder: ${message.title}`,
        [message.title, ...(message.due === null ? [] : [`It is due on ${message.due}.`])],
        {
          action: { label: 'Open the task', url: message.link },
          notes: ['You get this mail because a reminder by mail is set on a task that is yours.'],
        },
      );
    case 'rule-letter':
      return say(
        message.subject,
        message.text.split(/\n{2,}/).map((paragraph) => paragraph.trim()),
        { isLetter: true },
      );
    case 'rule-paused':
      return say(
        `The rule “${message.rule}” was paused`,
        [`Your rule “${message.rule}” was paused, so it does nothing more.`, message.reason],
        {
          action: { label: 'Open the rule', url: message.link },
          notes: ['Correct what is wrong and activate it again. Runs that failed can go on from where they stopped.'],
        },
      );
    case 'test':
      return say(`Test mail from ${PRODUCT}`, ['Sending mail works. Nothing else needs to be done.']);
    default:
      return message satisfies never;
  }
}

function waysIn(providers: readonly string[]): string {
  if (providers.length === 0) return 'You come in with a passkey or through the pages of your company.';
  return `You sign in with ${providers.join(' or ')}: choose it on the sign-in page. Passwords are changed there, not here.`;
}
