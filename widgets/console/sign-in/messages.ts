/** Texts of the pages for people who are not signed in. */
export const signInMessages = {
  'entry.name': 'Your name',
  'entry.toSignIn': 'Sign in',
  'entry.backToSignIn': 'Back to the sign-in page',
  'entry.busy': 'One moment…',
  'entry.cannotMail':
    'This server can’t send mail yet. The mail waits in the outbox, where an administrator can read it and pass the link on to you.',

  'signIn.title': 'Sign in',
  'signIn.email': 'E-mail address',
  'signIn.password': 'Password',
  'signIn.action': 'Sign in',
  'signIn.busy': 'Signing in…',
  'signIn.forgot': 'Forgot your password?',
  'signIn.register': 'Register',
  'signIn.or': 'or',
  'signIn.passkey': 'Sign in with a passkey',
  'signIn.provider': 'Sign in with {name}',

  'step.title': 'One more step',
  'step.action': 'Sign in',
  'step.again': 'Begin again with the password',
  'step.runOut': 'That took too long, so the sign-in was given up. Begin again with your password.',
  'step.totp.text':
    'Your account is protected by a second step. Open your authenticator app and type the code it shows.',
  'step.totp.code': 'Code from the app',
  'step.totp.use': 'Use the authenticator app',
  'step.passkey.text':
    'Your account is protected by a second step. Use the passkey of this device or of a key you plug in.',
  'step.passkey.action': 'Use a passkey',
  'step.passkey.use': 'Use a passkey',
  'step.recovery.text': 'Type one of the recovery codes you kept when you set up the second step. Each works once.',
  'step.recovery.code': 'Recovery code',
  'step.recovery.use': 'Use a recovery code',

  'passkey.cancelled':
    'The passkey was not used: the request was closed, took too long, or this device has none for SalesPulse.',
  'passkey.known': 'This device already has a passkey for your account.',
  'passkey.address': 'Passkeys don’t work at this address. Open SalesPulse at its own name with https.',
  'passkey.unsupported': 'This device can’t make the kind of passkey that is asked for.',
  'passkey.refused': 'This passkey does not belong to your account, or the question ran out. Try again.',
  'passkey.failed': 'The passkey could not be used. Try again, or choose another way.',

  'sso.problem.denied': 'The sign-in was refused or given up at your company’s sign-in page.',
  'sso.problem.expired': 'That took too long, or went on in another window. Begin again.',
  'sso.problem.provider-unavailable':
    'Your company’s sign-in page can’t be reached right now. Try again in a few minutes.',
  'sso.problem.provider-misconfigured':
    'Single sign-on is not set up right. Tell your administrator; until then sign in another way.',
  'sso.problem.provider-off': 'This way of signing in is switched off. Choose another one.',
  'sso.problem.answer-not-valid':
    'What your company’s sign-in page answered could not be trusted. Try again; if it stays, tell your administrator.',
  'sso.problem.unknown-person': 'You don’t have an account here yet. Ask an administrator for an invitation.',
  'sso.problem.no-role': 'Your company’s account does not give you a role here. Ask an administrator.',
  'sso.problem.deactivated': 'Your account is deactivated. Ask an administrator if you need it.',
  'sso.problem.too-many-tries': 'Too many attempts. Wait a few minutes and try again.',
  'sso.problem.failed': 'Something went wrong on our side. Try again; if it stays, tell your administrator.',
  'sso.problem.other': 'Single sign-on did not work. Try again, or sign in another way.',

  'register.title': 'Register',
  'register.text': 'You get a mail with a link that confirms your address.',
  'register.domains': 'For addresses at {domains}. You get a mail with a link that confirms your address.',
  'register.off': 'People can’t register themselves here. Ask an administrator for an invitation.',
  'register.known': 'I already have an account',
  'register.action': 'Register',
  'register.sent': 'If {email} can have an account here, a mail with a link is on its way to it.',
  'register.sent.next': 'Open the link within 24 hours. If nothing comes within a few minutes, look among the spam.',
  'mailSent.title': 'Look into your mail',
  'mailSent.again': 'Send the mail again',
  'mailSent.wait.one': 'Again in {count} second',
  'mailSent.wait.other': 'Again in {count} seconds',
  'mailSent.done': 'Sent again. Only the newest link works.',

  'verify.title': 'Confirming your address',
  'verify.busy': 'One moment…',
  'verify.done': 'Your address is confirmed',
  'verify.text': 'You can sign in as {email} now.',
  'verify.dead': 'Your address is not confirmed yet',
  'verify.usedUp':
    'This link was used already or has run out. If you have not confirmed your address yet, ask for another link.',
  'verify.another': 'Send another link',
  'verify.sent': 'If {email} waits to be confirmed, another mail is on its way to it. Open its link within 24 hours.',

  'forgot.title': 'Forgot your password?',
  'forgot.text': 'Type your e-mail address, and we send you a link with which you choose a new password.',
  'forgot.action': 'Send the link',
  'forgot.sent': 'If {email} has an account here, a mail with a link is on its way to it.',
  'forgot.sent.next': 'The link works once, for 10 minutes. If nothing comes, look among the spam or ask for it again.',

  'link.dead': 'This link does not work any more',
  'link.incomplete': 'The link is not complete, or the page was loaded anew. Open the link in the mail once more.',
  'reset.title': 'Choose a new password',
  'reset.text': 'Afterwards you are signed out everywhere and sign in with the new password.',
  'reset.password': 'New password',
  'reset.action': 'Change password',
  'reset.usedUp': 'It was used already, or more than 10 minutes have passed. Ask for another one.',
  'reset.another': 'Ask for another link',
  'reset.done': 'Your password is changed',
  'reset.done.text': 'You are signed out everywhere. Sign in with the new password.',

  'invitation.title': 'Welcome to SalesPulse',
  'invitation.text': 'You are invited to work with SalesPulse. Check your name and choose a password.',
  'invitation.text.by': '{invitedBy} invites you to work with SalesPulse. Check your name and choose a password.',
  'invitation.until': 'The invitation is good until {moment}.',
  'invitation.action': 'Begin',
  'invitation.usedUp':
    'The invitation was used already, was replaced by a newer one, or has run out. If you have an account, sign in; otherwise ask the person who invited you for another one.',
  'invitation.done': 'Your account is ready',
  'invitation.done.text': 'Sign in with your e-mail address and the password you just chose.',

  'setup.title': 'Set up SalesPulse',
  'setup.text': 'Make the first administrator. Further people are added in the console afterwards.',
  'setup.action': 'Create administrator',
  'setup.noToken':
    'This link is not complete. Open the whole set-up link that the server printed when it first started.',
};
