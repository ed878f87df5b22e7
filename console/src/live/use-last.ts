// Keeps what was shown last until there is something newer, so that nothing jumps while a question is asked anew.
import { useRef } from 'preact/hooks';
import type { Resource } from './use-resource.ts';

/** The newest data; while the answer to another key is awaited, that of the key before. A refusal leaves nothing of another key. */
export function useLast<Data>(resource: Resource<Data>): Resource<Data> {
  const last = useRef<Data>(undefined);
  if (resource.data !== undefined) last.current = resource.data;
  return { ...resource, data: resource.error === undefined ? last.current : resource.data };
}
