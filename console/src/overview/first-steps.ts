// What a new account does first. Pure.

/** What an account has so far. */
export interface Progress {
  /** Of a powerpack to go on with, if there is one. */
  readonly powerpackUuid: string | undefined;
  readonly hasMember: boolean;
  readonly sentMessages: number;
  readonly hasApplication: boolean;
}

export interface Step {
  readonly label: string;
  /** What it is good for. */
  readonly why: string;
  readonly href: string;
  readonly isDone: boolean;
}

/** Who has sent so many knows the way, and wants no replies when no application is set. */
const knowsTheWay = 20;

/** The steps, of which the first that is not done is the next; none once the account is not new any more. */
export function firstSteps({ powerpackUuid, hasMember, sentMessages, hasApplication }: Progress): Step[] {
  const powerpack = `/console/powerpacks/${powerpackUuid ?? 'new'}`;
  const steps: Step[] = [
    {
      label: 'Create a powerpack',
      why: 'It is a set of numbers that send as one: you name the powerpack, and it chooses who sends.',
      href: '/console/powerpacks/new',
      isDone: powerpackUuid !== undefined,
    },
    {
      label: 'Put a number in its pool',
      why: 'Rent one from the inventory, or add one that you have.',
      href: powerpack,
      isDone: hasMember,
    },
    {
      label: 'Send a message',
      why: 'The simulator delivers it: no telephone rings.',
      href: powerpackUuid === undefined ? '/console/send' : `/console/send?powerpack=${powerpackUuid}`,
      isDone: sentMessages > 0,
    },
    {
      label: 'Set an application',
      why: 'It says which URL is called when somebody replies. Without one, replies are only kept.',
      href: powerpackUuid === undefined ? '/console/applications' : `${powerpack}/settings`,
      isDone: hasApplication,
    },
  ];
  const isNew = steps.some(({ isDone }) => !isDone) && sentMessages < knowsTheWay;
  return isNew ? steps : [];
}
