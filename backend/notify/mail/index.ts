export { MailError } from './failures.ts';
export { mailJobs, mailSchedule } from './mail.job.ts';
export { mailRoutes } from './mail.routes.ts';
export { postMail, type Recipient } from './post-mail.ts';
export type { MailKind, MailMessage, SecondStepChange } from './templates.ts';
export { sendTestMail } from './test-mail.ts';
export { type MailTransport, mailTransport, type OutgoingMail, verifyMail } from './transport.ts';
