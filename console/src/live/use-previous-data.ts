// Keeps the previous page of a list on screen while the next one loads.
import { useRef } from 'preact/hooks';
import type { Resource } from './use-resource.ts';

/**
 * Returns the resource with the data of the previous key until those of the new key are there: pages and filters change without a gap.
 * When the new key is refused, the previous data go.
 */
export function usePreviousData<Data>(resource: Resource<Data>): Resource<Data> {
  const previous = useRef(resource.data);
  previous.current = resource.data ?? previous.current;
  return { ...resource, data: resource.error === undefined ? previous.current : resource.data };
}
