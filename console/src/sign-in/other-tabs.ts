// What tabs of one browser tell each other: who is signed in, who has signed out. It passes through memory and is kept nowhere.
import type { Credentials } from './credentials.ts';

export type Word =
  | { readonly kind: 'asked' }
  | { readonly kind: 'signed-in'; readonly credentials: Credentials }
  | { readonly kind: 'signed-out'; readonly authId: string };

const channelName = 'rucksack.session';
/** How long a tab waits for a sibling that may not be there. */
const answerMs = 150;

/** Says something to the other tabs. */
export function tellSiblings(word: Word): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(word);
  channel.close();
}

/** Calls `listener` with each word of another tab; the answer ends it. */
export function hearSiblings(listener: (word: Word) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<Word>) => listener(data);
  return () => channel.close();
}

/** The credentials of a tab that is signed in, if there is one: a link that is opened in a new tab need not ask for them. */
export function askSiblings(): Promise<Credentials | undefined> {
  return new Promise((resolve) => {
    const finish = (credentials: Credentials | undefined) => {
      clearTimeout(timer);
      endHearing();
      resolve(credentials);
    };
    const timer = setTimeout(finish, answerMs, undefined);
    const endHearing = hearSiblings((word) => {
      if (word.kind === 'signed-in') finish(word.credentials);
    });
    tellSiblings({ kind: 'asked' });
  });
}
