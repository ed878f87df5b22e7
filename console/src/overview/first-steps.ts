// The first steps of a new account. Pure.

/** The account's resources so far. */
interface Progress {
  /** Of a powerpack to go on with, if there is one. */
  readonly powerpackUuid: string | undefined;
  readonly hasMember: boolean;
  readonly sentMessages: number;
  readonly hasApplication: boolean;
}

export interface Step {
  readonly label: string;
  /** The purpose of the step. */
  readonly why: string;
  readonly href: string;
  readonly isDone: boolean;
}

/** From so many sent messages on, an account without an application is taken to want no replies. */
const knowsTheWay = 20;

/** Returns the steps, of which the first that is not done is the next; none once the account is not new any more. */
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
      why: 'It names the URL that is called when a recipient replies. Without one, replies are only stored.',
      href: powerpackUuid === undefined ? '/console/applications' : `${powerpack}/settings`,
      isDone: hasApplication,
    },
  ];
  const isNew = steps.some(({ isDone }) => !isDone) && sentMessages < knowsTheWay;
  return isNew ? steps : [];
}
