// The URLs at which an HTTP carrier reports on messages and brings those of handsets. Pure.

/** Where a carrier's webhooks come in. The secret in the path keeps strangers out who know a carrier's name. */
export interface WebhookUrls {
  /** @param reference ours of the message. */
  reportUrl(reference: string): string;
  inboundUrl(): string;
}

/**
 * Makes the URLs of a carrier.
 * @param publicUrl how carriers reach this server, without a slash at the end; known once it listens.
 * @param isInQuery whether our reference stands in the query instead of the path.
 */
export function makeWebhookUrls(
  publicUrl: () => string,
  name: string,
  pathSecret: string,
  isInQuery: boolean,
): WebhookUrls {
  const root = () => `${publicUrl()}/carrier/${name}/${pathSecret}`;
  return {
    reportUrl: (reference) => `${root()}/report${isInQuery ? '?reference=' : '/'}${reference}`,
    inboundUrl: () => `${root()}/inbound`,
  };
}
