# The server in an image: built with all that building needs, run with Node and what it depends on.
#
#   docker build --tag rucksack .
#   docker run --publish 127.0.0.1:8080:8080 --volume rucksack:/data rucksack
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --no-audit --no-fund && npm pack --silent \
  && mkdir /package && tar --extract --gzip --file rucksack-server-*.tgz --directory /package --strip-components 1 \
  && npm ci --omit=dev --workspaces=false --ignore-scripts --no-audit --no-fund \
  && mv node_modules /package/ && chmod +x /package/dist/server/main.js

FROM node:24-bookworm-slim
ENV NODE_ENV=production RUCKSACK_HOST=0.0.0.0 RUCKSACK_DATA_DIR=/data
COPY --from=build /package /opt/rucksack
RUN ln -s /opt/rucksack/dist/server/main.js /usr/local/bin/rucksack \
  && mkdir /data && chown node:node /data && chmod 700 /data
# The image's user "node", as a number: Kubernetes sees by it that this is not root.
USER 1000:1000
WORKDIR /data
VOLUME /data
EXPOSE 8080 8443
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.RUCKSACK_PORT || 8080) + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["rucksack"]
CMD ["start"]
