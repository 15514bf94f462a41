# Missed Call Desk as an image: `docker build -t missed-call-desk .`; docs/operating.md says how to run it.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
# SQLite's driver is compiled where npm finds no prebuilt one.
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
# The one place that the desk writes to; everything else is root's.
RUN install -d -o node -g node -m 700 data
USER node
VOLUME /app/data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: signals are to reach the desk.
CMD ["node", "src/main.ts", "start"]
