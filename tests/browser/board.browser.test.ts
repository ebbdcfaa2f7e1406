import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Opportunity } from '../../backend/contracts/opportunities.ts';
import type { LostReason } from '../../backend/contracts/pipeline-settings.ts';
import type { Pipeline } from '../../backend/contracts/pipelines.ts';
import type { TestClient } from '../support/client.ts';
import { findChromium, reportMissing } from '../support/programs.ts';
import { expectAccessible } from './axe.ts';
import { type ConsoleHarness, type ConsolePage, startConsole } from './console-harness.ts';

const executablePath = findChromium();
if (!executablePath) reportMissing('chromium', 'the board of the console in the browser', 'chromium');

const path = '/board/opportunities';
const column = (page: Page, name: string): Locator =>
  page.locator('.column').filter({ has: page.getByRole('heading', { name, exact: false }) });
const card = (scope: Page | Locator, title: string): Locator => scope.locator('[data-card]', { hasText: title });
const lane = (page: Page, name: string): Locator => page.locator(`section.lane[aria-label="${name}"]`);

describe.skipIf(!executablePath)('the board of the console', { timeout: 120_000 }, () => {
  let harness: ConsoleHarness;
  let admin: TestClient;
  let pipeline: Pipeline;
  const opened: ConsolePage[] = [];
  const stageId = (name: string) => pipeline.stages.find((stage) => stage.name === name)?.id ?? '';
  const add = async (name: string, fields: object = {}) => {
    const ownerId = harness.server.company.users.rep;
    const { body } = await admin.post<Opportunity>('/opportunities', { name, ownerId, ...fields });
    return body;
  };
  const read = async (id: string) => (await admin.get<Opportunity>(`/opportunities/${id}`)).body;
  const openAs = async (person: 'admin' | 'manager' | 'rep', address = path) => {
    const one = await harness.openAs(person, address);
    opened.push(one);
    await one.page.locator('salespulse-kanban .chips').waitFor();
    return one.page;
  };
  /** By its menu. */
  const choose = async (page: Page, title: string, item: string) => {
    await card(page, title).locator('.open').focus();
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: item }).click();
  };

  beforeAll(async () => {
    harness = await startConsole();
    admin = await harness.server.as('admin');
    const { body } = await admin.get<{ items: Pipeline[] }>('/pipelines?entity=opportunity');
    pipeline = body.items[0] as Pipeline;
    await admin.post('/fields', { entity: 'opportunity', key: 'approver', label: 'Approver', type: 'email' });
    await admin.patch(`/pipelines/${pipeline.id}`, { asksLostReason: true });
    await admin.patch(`/pipelines/${pipeline.id}/stages/${stageId('Negotiation')}`, {
      requiredFields: ['nextStep', 'custom.approver'],
    });
  });
  afterAll(() => harness?.close());
  afterEach(async () => {
    for (const { page, complaints } of opened.splice(0)) {
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  it('shows what one person does to another, at once and without a reload', async () => {
    const { id } = await add('Shared deal');
    const doer = await openAs('rep');
    const reader = await openAs('manager');
    await card(column(reader, 'Discovery'), 'Shared deal').waitFor();
    await choose(doer, 'Shared deal', 'Proposal');
    await card(column(reader, 'Proposal'), 'Shared deal').waitFor();
    expect(await card(column(reader, 'Discovery'), 'Shared deal').count()).toBe(0);
    await admin.patch(`/opportunities/${id}`, { name: 'Renamed deal' });
    await card(column(reader, 'Proposal'), 'Renamed deal').waitFor();
    await card(column(doer, 'Proposal'), 'Renamed deal').waitFor();
  });

  it('takes a card away from whom it was moved out of reach, and brings it back', async () => {
    const { users } = harness.server.company;
    const { id } = await add('Deal that leaves');
    const reader = await openAs('rep');
    await card(reader, 'Deal that leaves').waitFor();
    await admin.post(`/opportunities/${id}/stage`, {
      stageId: stageId('Proposal'),
      fields: { ownerId: users.stranger },
    });
    await card(reader, 'Deal that leaves').waitFor({ state: 'detached' });
    await admin.patch(`/opportunities/${id}`, { ownerId: users.rep });
    await card(column(reader, 'Proposal'), 'Deal that leaves').waitFor();
  });

  it('asks why a deal is lost, and puts the card back when the person gives up', async () => {
    const { body: reason } = await admin.post<LostReason>('/lost-reasons', {
      entity: 'opportunity',
      label: 'Too dear',
    });
    const { id } = await add('Deal to lose');
    const page = await openAs('rep');
    await choose(page, 'Deal to lose', 'Lost');
    const dialog = page.getByRole('dialog', { name: 'Why is it lost?' });
    await dialog.waitFor();
    await card(column(page, 'Discovery'), 'Deal to lose').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await card(column(page, 'Discovery'), 'Deal to lose').count()).toBe(1);
    expect((await read(id)).stage.name).toBe('Discovery');

    await choose(page, 'Deal to lose', 'Lost');
    await dialog.getByLabel('Reason').selectOption('Too dear');
    await dialog.getByLabel('In your own words').fill('By a third');
    await expectAccessible(page, 'why it is lost');
    await dialog.getByRole('button', { name: 'Move to Lost' }).click();
    await card(column(page, 'Lost'), 'Deal to lose').waitFor();
    await expect
      .poll(() => read(id))
      .toMatchObject({ stage: { name: 'Lost' }, lostReason: { id: reason.id }, lostNote: 'By a third' });
  });

  it('asks for what the stage requires, and lets nothing wrong through', async () => {
    const { id } = await add('Deal to negotiate');
    const page = await openAs('rep');
    await choose(page, 'Deal to negotiate', 'Negotiation');
    const dialog = page.getByRole('dialog', { name: 'Negotiation asks for more' });
    await dialog.getByLabel('Next step').fill('Call them');
    await dialog.getByLabel('Approver').fill('nobody at all');
    await dialog.getByRole('button', { name: 'Move to Negotiation' }).click();
    expect(await dialog.getByLabel('Approver').evaluate((input) => input.matches(':invalid'))).toBe(true);
    // What the browser lets pass, the server refuses: the card is back, and the reason is said.
    await dialog.getByLabel('Approver').fill('kim@nowhere');
    await dialog.getByRole('button', { name: 'Move to Negotiation' }).click();
    await page.getByRole('alert').filter({ hasText: 'was not moved' }).waitFor();
    await card(column(page, 'Discovery'), 'Deal to negotiate').waitFor();
    await choose(page, 'Deal to negotiate', 'Negotiation');
    await dialog.getByLabel('Next step').fill('Call them');
    await dialog.getByLabel('Approver').fill('kim@example.com');
    await dialog.getByRole('button', { name: 'Move to Negotiation' }).click();
    await card(column(page, 'Negotiation'), 'Deal to negotiate').waitFor();
    await expect
      .poll(() => read(id))
      .toMatchObject({
        stage: { name: 'Negotiation' },
        nextStep: 'Call them',
        custom: { approver: 'kim@example.com' },
      });
  });

  it('gives a deal to somebody else by the lanes, and to nobody by the menu; undone in one step', async () => {
    const { users } = harness.server.company;
    const { id } = await add('Deal of lanes');
    await add('Anchor', { ownerId: users.colleague });
    await add('Nobody’s', { ownerId: null });
    const page = await openAs('admin', `${path}?lanes=owner`);
    await card(lane(page, 'Rolf Rep'), 'Deal of lanes').waitFor();
    await choose(page, 'Deal of lanes', 'Cora Colleague');
    await card(lane(page, 'Cora Colleague'), 'Deal of lanes').waitFor();
    await expect.poll(async () => (await read(id)).owner?.id).toBe(users.colleague);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await card(lane(page, 'Rolf Rep'), 'Deal of lanes').waitFor();
    await expect.poll(async () => (await read(id)).owner?.id).toBe(users.rep);
    await choose(page, 'Deal of lanes', 'No owner');
    await expect.poll(async () => (await read(id)).owner).toBeNull();
    await expectAccessible(page, 'lanes');
  });

  it('asks for what a stage requires on the way into another lane, too, and puts the card back without it', async () => {
    const { users } = harness.server.company;
    const { id } = await add('Deal across', { segment: 'Small' });
    await add('Large anchor', { segment: 'Large', ownerId: users.rep });
    const page = await openAs('rep', `${path}?lanes=segment&q=a`);
    await card(lane(page, 'Small'), 'Deal across').waitFor();
    await card(lane(page, 'Large'), 'Large anchor').waitFor();
    await card(page, 'Deal across').locator('.open').focus();
    const carry = async () => {
      for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Alt+ArrowUp']) await page.keyboard.press(key);
      await lane(page, 'Large').locator('.column.target').waitFor();
      await page.keyboard.press('Space');
    };
    await carry();
    const dialog = page.getByRole('dialog', { name: 'Negotiation asks for more' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await card(lane(page, 'Small'), 'Deal across').waitFor();
    expect(await read(id)).toMatchObject({ segment: 'Small', stage: { name: 'Discovery' } });
    await card(page, 'Deal across').locator('.open').focus();
    await carry();
    await dialog.getByLabel('Next step').fill('Call them');
    await dialog.getByLabel('Approver').fill('kim@example.com');
    await dialog.getByRole('button', { name: 'Move to Negotiation' }).click();
    await card(lane(page, 'Large'), 'Deal across').waitFor();
    await expect.poll(() => read(id)).toMatchObject({ segment: 'Large', stage: { name: 'Negotiation' } });
  });

  it('says why a card may not go into a lane, and puts it back', async () => {
    const { users } = harness.server.company;
    const { id } = await add('Stuck deal');
    await add('Stuck elsewhere', { ownerId: users.stranger });
    await harness.server.database.execScript(
      `update app_user set status = 'deactivated' where id = '${users.stranger}'`,
    );
    const page = await openAs('admin', `${path}?lanes=owner&q=stuck`);
    await card(lane(page, 'Stan Stranger'), 'Stuck elsewhere').waitFor();
    await choose(page, 'Stuck deal', 'Stan Stranger');
    await page.getByRole('alert').filter({ hasText: 'is nobody you can give this to' }).waitFor();
    await card(lane(page, 'Rolf Rep'), 'Stuck deal').waitFor();
    await expect.poll(() => card(lane(page, 'Stan Stranger'), 'Stuck deal').count()).toBe(0);
    expect((await read(id)).owner?.id).toBe(users.rep);
  });

  it('goes back to another day, on which nothing can be moved, and forth again', async () => {
    const { id } = await add('Deal of today');
    const page = await openAs('rep');
    await card(page, 'Deal of today').waitFor();
    await page.getByRole('button', { name: 'A day earlier' }).click();
    await page.getByText('Nothing can be moved here.').waitFor();
    await card(page, 'Deal of today').waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('asOf')).toMatch(/^\d{4}-\d{2}-\d{2}$/);

    await harness.server.database.execScript(`
      create temp table entered as select * from stage_event where record_id = '${id}';
      update entered set at = '2026-01-10T12:00:00Z';
      delete from stage_event where record_id = '${id}';
      insert into stage_event select * from entered;
      drop table entered`);
    await page.getByLabel('As of').fill('2026-02-01');
    await card(page, 'Deal of today').waitFor();
    expect(await page.locator('[data-card]:not(.locked)').count()).toBe(0);
    await card(page, 'Deal of today').locator('.open').focus();
    await page.keyboard.press('Space');
    await page.locator('.toast', { hasText: 'You may not move this card' }).waitFor();
    expect(await page.locator('.held').count()).toBe(0);
    await page.getByLabel('As of').fill('2026-01-05');
    await card(page, 'Deal of today').waitFor({ state: 'detached' });
    await expectAccessible(page, 'the board of another day');
    await page.getByRole('button', { name: 'Back to today' }).click();
    await card(page, 'Deal of today').waitFor();
    await page.locator('[data-card]:not(.locked)').first().waitFor();
    expect(new URL(page.url()).searchParams.get('asOf')).toBeNull();
  });
});
