// The URLs at which an HTTP carrier reports on messages and brings those of handsets. Pure.
import type { Encrypter } from '../../base/encrypt.ts';

/** Where a carrier's webhooks come in. The secret in the path keeps strangers out who know a carrier's name. */
export interface WebhookUrls {
  /** Where it reports on messages, and says itself which ones. */
  readonly anyReportUrl: string;
  readonly inboundUrl: string;
  /** @param reference ours of the message. */
  reportUrl(reference: string): string;
}

/** Returns the secret in the URLs of a carrier: the same in each process that has the server's key. */
export function pathSecretOf(encrypter: Pick<Encrypter, 'deriveSecret'>, name: string): string {
  return encrypter.deriveSecret(`webhooks of the carrier ${name}`);
}

/**
 * Returns the URLs of a carrier.
 * @param publicUrl how carriers reach this server, without a slash at the end; known once it listens.
 * @param isInQuery whether our reference stands in the query instead of the path.
 */
export function makeWebhookUrls(
  publicUrl: () => string,
  name: string,
  pathSecret: string,
  isInQuery = false,
): WebhookUrls {
  const root = () => `${publicUrl()}/carrier/${name}/${pathSecret}`;
  return {
    get anyReportUrl() {
      return `${root()}/report`;
    },
    get inboundUrl() {
      return `${root()}/inbound`;
    },
    reportUrl: (reference) => `${root()}/report${isInQuery ? '?reference=' : '/'}${reference}`,
  };
}
