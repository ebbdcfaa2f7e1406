export { createEmbed, type Embed } from './embed.ts';
