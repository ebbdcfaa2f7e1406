// Draws docs/images/charts-light.png and charts-dark.png from the demo page of the charts:
//   node tests/browser/write-chart-images.ts
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { findChromium } from '../support/programs.ts';
import { serveBuiltPages } from '../widgets/built-pages.ts';
import { chromiumArgs } from '../widgets/look.ts';

const kinds = [
  'Bars, by dimension',
  'Area',
  'Compared, over time',
  'Compared, by dimension',
  'Pie',
  'Doughnut, with others',
  'Stacked bars',
  'Stacked areas',
  'Shares of 100 %',
  'More series than colours',
  'Table',
  'Scatter',
];

/** The same picture in fewer shades, which a PNG keeps in half the bytes. */
async function smaller(page: Page, image: Buffer): Promise<Buffer> {
  const address = await page.evaluate(
    async (data) => {
      const picture = new Image();
      picture.src = data;
      await picture.decode();
      const canvas = document.createElement('canvas');
      canvas.width = picture.width;
      canvas.height = picture.height;
      const context = canvas.getContext('2d');
      if (!context) throw new Error('No canvas to draw on.');
      context.drawImage(picture, 0, 0);
      const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
      pixels.data.forEach((value, index) => {
        pixels.data[index] = index % 4 === 3 ? 255 : Math.min(255, Math.round(value / 17) * 17);
      });
      context.putImageData(pixels, 0, 0);
      return canvas.toDataURL('image/png');
    },
    `data:image/png;base64,${image.toString('base64')}`,
  );
  return Buffer.from(address.split(',')[1] ?? '', 'base64');
}

const executablePath = findChromium();
if (!executablePath) throw new Error('Chromium is needed to draw the images of the charts.');
const folder = path.join(import.meta.dirname, '../../docs/images');
const site = await serveBuiltPages();
const browser = await chromium.launch({ executablePath, args: chromiumArgs });
try {
  for (const theme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      viewport: { width: 1080, height: 900 },
      colorScheme: theme,
      locale: 'en-GB',
      timezoneId: 'UTC',
      deviceScaleFactor: 0.55,
    });
    await page.goto(`${site.url}/demos/chart.html`);
    await page.evaluate(() => document.documentElement.style.setProperty('--salespulse-chart-height', '12rem'));
    await page.locator('section').evaluateAll((sections, shown) => {
      for (const section of sections)
        if (!shown.includes(section.querySelector('h2')?.textContent ?? '')) section.remove();
    }, kinds);
    for (const chart of await page.locator('section salespulse-chart').all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('canvas, table').first().waitFor();
    }
    const image = await smaller(page, await page.locator('.pair').screenshot());
    await writeFile(path.join(folder, `charts-${theme}.png`), image);
    await page.close();
  }
} finally {
  await browser.close();
  await site.close();
}
