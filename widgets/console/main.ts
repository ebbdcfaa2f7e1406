import { init } from '../base/config.ts';
import { cookieSession } from '../base/session.ts';
import { tokens } from '../styles/tokens.ts';
import './shell/define.ts';
import type { ConsoleShell } from './shell/shell.ts';
import { applyTheme, storedTheme } from './shell/theme.ts';

applyTheme(storedTheme());
if (tokens.styleSheet) document.adoptedStyleSheets.push(tokens.styleSheet);

const session = cookieSession(location.origin);
init({ server: location.origin, session });

const shell = document.createElement('salespulse-console') as ConsoleShell;
shell.session = session;
document.body.replaceChildren(shell);
