export { ensureDemoClient } from './demo-client.ts';
export { createEmbed, type Embed } from './embed.ts';
