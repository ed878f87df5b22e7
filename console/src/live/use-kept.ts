// What is shown while another part of a list is awaited.
import { useRef } from 'preact/hooks';
import type { Resource } from './use-resource.ts';

/**
 * The resource with the data of its key before, until those of the new key are there: pages and filters change without a gap. A
 * refusal of the new key leaves nothing of the one before.
 */
export function useKept<Data>(resource: Resource<Data>): Resource<Data> {
  const kept = useRef(resource.data);
  kept.current = resource.data ?? kept.current;
  return { ...resource, data: resource.error === undefined ? kept.current : resource.data };
}
