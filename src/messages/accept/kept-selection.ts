// What is kept with a message of the choice of its sender.
import type { Chosen } from '../../powerpacks/selection/select-sender.ts';

/** The rule that decided, and how many members each other thing put aside. */
export type KeptSelection = Pick<Chosen, 'rule' | 'putAside'>;
