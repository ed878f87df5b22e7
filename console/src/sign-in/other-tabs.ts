// The messages between tabs of one browser: signed in, signed out. They pass through memory and are stored nowhere.
import type { Credentials } from './credentials.ts';

type TabMessage =
  | { readonly kind: 'asked' }
  | { readonly kind: 'signed-in'; readonly credentials: Credentials }
  | { readonly kind: 'signed-out'; readonly authId: string };

const channelName = 'rucksack.session';
/** How long a tab waits for another tab that may not be there; milliseconds. */
const answerMs = 150;

/** Sends a message to the other tabs. */
export function postToOtherTabs(message: TabMessage): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(message);
  channel.close();
}

/** Calls `listener` with each message of another tab, until the returned function is called. */
export function onOtherTabs(listener: (message: TabMessage) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => listener(data);
  return () => channel.close();
}

/** Returns the credentials of another tab that is signed in, if there is one: a link that is opened in a new tab need not ask for them. */
export function askOtherTabs(): Promise<Credentials | undefined> {
  return new Promise((resolve) => {
    const finish = (credentials: Credentials | undefined) => {
      clearTimeout(timer);
      stopListening();
      resolve(credentials);
    };
    const timer = setTimeout(finish, answerMs, undefined);
    const stopListening = onOtherTabs((message) => {
      if (message.kind === 'signed-in') finish(message.credentials);
    });
    postToOtherTabs({ kind: 'asked' });
  });
}
