// Reads the requests that real SDKs sent, which are kept in test/data/sdk-requests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/base/package-root.ts';

export const recordedSdks = ['ruby', 'php', 'dotnet', 'node', 'curl'] as const;

export type RecordedSdk = (typeof recordedSdks)[number];

export interface RecordedRequest {
  readonly method: string;
  /** As it stood in the request line. */
  readonly path: string;
  /** The part after `?`; empty when there was none. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** As sent; empty when there was none. */
  readonly body: string;
}

interface RecordedStep {
  /** The operation of the request, such as `numberpool.number.add`. */
  readonly operation: string;
  /** In words, what the user asked the SDK for. */
  readonly call: string;
  readonly flow: string;
  readonly step: number;
  readonly steps: number;
  readonly request: RecordedRequest;
}

/** One call that a user made, and the requests that the SDK sent for it, in order. */
export interface RecordedFlow {
  readonly name: string;
  readonly call: string;
  readonly steps: readonly RecordedStep[];
}

export interface Recording {
  readonly sdk: RecordedSdk;
  readonly version: string;
  readonly flows: readonly RecordedFlow[];
}

/** Reads the whole recording of one SDK. */
export function readRecording(sdk: RecordedSdk): Recording {
  const file = join(packageRoot, 'test', 'data', 'sdk-requests', `${sdk}.json`);
  const { version, requests } = JSON.parse(readFileSync(file, 'utf8')) as {
    version: string;
    requests: RecordedStep[];
  };
  const flows = new Map<string, RecordedStep[]>();
  for (const request of requests) flows.set(request.flow, [...(flows.get(request.flow) ?? []), request]);
  return {
    sdk,
    version,
    flows: [...flows].map(([name, steps]) => ({ name, call: steps[0]?.call ?? '', steps })),
  };
}
