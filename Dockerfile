# syntax=docker/dockerfile:1
# SalesPulse: one image for web, worker and both (SALESPULSE_ROLE). Backend code runs as it is; only the
# widgets are built.

ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: native modules ship their binaries, and the npm package `node` (there for machines
# with an older Node) would fetch what this image already is.
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts --no-audit --no-fund \
    && rm -rf node_modules/node node_modules/.bin/node
COPY . .
RUN npx prisma generate --config .config/prisma.ts \
    && npm run build \
    && npm prune --omit=dev --omit=optional --omit=peer --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE} AS runtime
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=5000 \
    DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/connectors ./connectors
COPY --from=build /app/backend ./backend
COPY --from=build /app/dist ./dist
USER node
VOLUME /data
EXPOSE 5000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.METRICS_PORT || process.env.PORT || 5000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: the process gets SIGTERM and stops cleanly.
CMD ["node", "backend/main.ts"]
