// The host names that the vendor's SDKs call, and the advice for a certificate that lacks some of them. Pure.

/**
 * The hosts that SDK releases from August 2020 to December 2021 call for Applications; the later two after an answer of 5xx
 * from one before.
 */
const voiceHosts = ['voice.plivo.com', 'voice-usw1.plivo.com', 'voice-use1.plivo.com'] as const;

/**
 * Every host that any release of the seven SDKs calls for the part of the API that is here. The voice hosts are called by Java 4.8
 * to 5.5, Python 4.9 to 4.20, Node 4.8 to 4.25, Ruby 4.9 to 4.23, PHP 4.10 to 4.24, Go 4.8 to 7.4 and .NET 4.10 to 5.5 (source).
 */
export const vendorHosts: readonly string[] = ['api.plivo.com', ...voiceHosts];

/** Returns the hosts without those that certificates of Rucksack did not name at first. */
export const withoutVoiceHosts = (hosts: readonly string[]): string[] =>
  hosts.filter((host) => !voiceHosts.some((voiceHost) => voiceHost === host));

/** Returns what clients cannot do while a certificate lacks some of the vendor's hosts, and what the operator should do. */
export const adviceFor = (missingHosts: readonly string[]): string =>
  `it is not for ${missingHosts.join(', ')}, which SDK releases from August 2020 to December 2021 call; ` +
  'if a client uses one, run `rucksack certs --new-authority` and give ca.pem to all clients again';
