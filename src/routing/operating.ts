// Settings about carriers and routes that requests go by. Pure.

export interface Operating {
  /** Returns the operator's account; undefined for the one that was made first. */
  readonly operatorId: () => string | undefined;
  /** Whether the simulator is there beside the carriers. */
  readonly hasSimulator: boolean;
}
