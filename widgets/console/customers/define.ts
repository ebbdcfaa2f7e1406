import '../records/define.ts';
import { register } from '../parts/register.ts';
import { addMessages } from '../text.ts';
import { ConsoleAccountPage } from './account-page.ts';
import { ConsoleContactPage } from './contact-page.ts';
import { ConsoleAccountsPage, ConsoleContactsPage } from './customer-list-pages.ts';
import { customerMessages } from './messages.ts';
import { ConsoleNewAccountPage, ConsoleNewContactPage } from './new-customer-pages.ts';
import { ConsoleRelated } from './related.ts';

addMessages(customerMessages);
register('salespulse-console-related', ConsoleRelated);
register('salespulse-console-accounts-page', ConsoleAccountsPage);
register('salespulse-console-account-page', ConsoleAccountPage);
register('salespulse-console-account-new-page', ConsoleNewAccountPage);
register('salespulse-console-contacts-page', ConsoleContactsPage);
register('salespulse-console-contact-page', ConsoleContactPage);
register('salespulse-console-contact-new-page', ConsoleNewContactPage);
