import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AutomationRuleWire } from '../../backend/contracts/automation.ts';
import type { TestClient } from '../support/client.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'automation in the browser', 'chromium');

describe.skipIf(!executablePath)('automation in the console', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;
  let admin: TestClient;
  beforeAll(async () => {
    harness = await startConsole();
    admin = await harness.server.as('admin');
  });
  afterAll(() => harness?.close());

  const shot = async (page: { screenshot(options: object): Promise<unknown> }, name: string) => {
    const folder = process.env.AUTOMATION_SHOTS;
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };

  it('writes a rule by menus, replays it, lets it live and shows what it did', async () => {
    await admin.post('/leads', { name: 'Of before', source: 'Web' });
    const { page, complaints } = await harness.openAs('admin', '/automation');
    await page.getByText('No rules yet').waitFor();
    await shot(page, 'empty');
    await page.getByRole('link', { name: 'New rule' }).first().click();
    await page.getByLabel('Name').fill('Web leads');
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.locator('#condition-0-field').selectOption('source');
    await page.getByLabel('Values, separated by commas').fill('Web');
    await page.getByLabel('What to do').selectOption('move-stage');
    await page.locator('#step-0-stage').selectOption({ label: 'Qualified' });
    await page.getByRole('button', { name: 'Add a step' }).click();
    await page.getByRole('button', { name: 'Create the draft' }).click();
    await page.getByText('must not be empty').first().waitFor();
    await shot(page, 'editor-problem');
    await page.locator('#step-1-text').fill('A lead from the web');
    await expectAccessible(page, 'the editor');
    await page.getByRole('button', { name: 'Create the draft' }).click();
    await page.getByRole('heading', { name: 'Web leads', level: 1 }).waitFor();
    await page.getByText('When a lead is created').waitFor();
    expect(await page.getByRole('button', { name: 'Let it go live' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByText('It would have acted once on 1 record.').waitFor();
    await page.getByRole('link', { name: 'Of before' }).waitFor();
    await page.getByRole('button', { name: 'Let it go live' }).click();
    await page.getByText('Web leads is live.').waitFor();
    const lead = await admin.post<{ id: string }>('/leads', { name: 'Of now', source: 'Web' });
    await expect
      .poll(async () => (await admin.get<{ stage: { name: string } }>(`/leads/${lead.body.id}`)).body.stage.name, {
        timeout: 20_000,
      })
      .toBe('Qualified');
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Refresh' }).click();
          return page.getByText('Notified Ada Admin').count();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(1);
    await shot(page, 'rule');
    await page.setViewportSize({ width: 360, height: 740 });
    await shot(page, 'phone-rule');
    await expectAccessible(page, 'a rule');
    expect(complaints).toEqual([]);
  });

  it('names the loop that a rule would close, and keeps what was written', async () => {
    const { items } = (await admin.get<{ items: AutomationRuleWire[] }>('/automation-rules')).body;
    expect(items).toHaveLength(1);
    const catalogue = await admin.get<{ stages: { id: string; name: string }[] }>('/automation-catalogue?entity=lead');
    const stage = (name: string) => catalogue.body.stages.find((one) => one.name === name)?.id;
    const write = async (name: string, from: string, to: string) =>
      (
        await admin.post<{ id: string }>('/automation-rules', {
          entity: 'lead',
          name,
          trigger: { on: 'stage-entered', stageId: stage(from) },
          actions: [{ do: 'move-stage', stageId: stage(to) }],
        })
      ).body.id;
    const { page } = await harness.openAs('admin', `/automation/${await write('There', 'Qualified', 'Lost')}`);
    const live = async () => {
      await page.getByRole('button', { name: 'Replay', exact: true }).click();
      await page.getByRole('button', { name: 'Replay again' }).waitFor();
      await page.getByRole('button', { name: 'Let it go live' }).click();
    };
    await live();
    await page.getByText('There is live.').waitFor();
    await page.goto(`${harness.server.url}/automation/${await write('And back', 'Lost', 'Qualified')}`);
    await live();
    await page.getByText('“And back” does “Move it to the stage Qualified”, which sets off “There”').waitFor();
    await shot(page, 'loop');
  });

  it('keeps mail templates, and says which placeholder means nothing', async () => {
    const { page, complaints } = await harness.openAs('admin', '/automation/mails');
    await page.getByText('No mail templates yet').waitFor();
    await page.getByRole('button', { name: 'New template' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Welcome');
    await dialog.getByLabel('Subject').fill('Hello {{contact.name}}');
    await dialog.getByLabel('Text').fill('Dear {{nobody}}');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('has no such placeholder: {{nobody}}').waitFor();
    await shot(page, 'template');
    await dialog.getByLabel('Text').fill('Dear {{contact.name}}');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Welcome' }).first().waitFor();
    await expectAccessible(page, 'mail templates');
    expect(complaints).toEqual([]);
  });

  it('lists rules and opens them for change on every screen', async () => {
    const { items } = (await admin.get<{ items: AutomationRuleWire[] }>('/automation-rules')).body;
    const rule = items.find(({ name }) => name === 'Web leads');
    const { page } = await harness.openAs('admin', '/automation');
    await page.getByRole('link', { name: 'Web leads' }).waitFor();
    await expectAccessible(page, 'the list of rules');
    await page.setViewportSize({ width: 360, height: 740 });
    await shot(page, 'phone-list');
    await page.goto(`${harness.server.url}/automation/${rule?.id}/edit`);
    await page.getByText('This rule is live.').waitFor();
    await shot(page, 'phone-edit');
    await expectAccessible(page, 'a rule that is changed');
  });
});
