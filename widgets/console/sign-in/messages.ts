export const signInMessages = {
  'signIn.title': 'Sign in',
  'signIn.email': 'E-mail address',
  'signIn.password': 'Password',
  'signIn.action': 'Sign in',
  'signIn.busy': 'Signing in…',
  'signIn.wait.one': 'Too many attempts. You can try again in {count} second.',
  'signIn.wait.other': 'Too many attempts. You can try again in {count} seconds.',
  'signIn.mfa': 'This account asks for a second step that this version of the console can’t do.',
  'setup.title': 'Set up SalesPulse',
  'setup.text': 'Make the first administrator. Further people are added in the console afterwards.',
  'setup.name': 'Your name',
  'setup.password.help': 'At least 12 characters.',
  'setup.action': 'Create administrator',
  'setup.noToken':
    'This link is not complete. Open the whole set-up link that the server printed when it first started.',
};
