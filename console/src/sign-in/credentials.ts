// Where credentials are kept: in memory, and for a reload of the same tab encrypted with a key that no script can read out.
// Neither in local storage nor in a URL nor in a cookie, so no other site can make the browser send them (docs/adr/0012).

export interface Credentials {
  readonly authId: string;
  readonly authToken: string;
}

const item = 'rucksack.session';
const database = 'rucksack';
const store = 'keys';
const keyName = 'session';

/** Stores credentials until the tab is closed or they are forgotten. Where the browser has no cryptography (plain HTTP from afar) or no room for keys, a reload asks for them again. */
export async function storeCredentials(credentials: Credentials): Promise<void> {
  if (!canStore()) return;
  try {
    await forgetCredentials();
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(credentials));
    const encrypted = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text));
    const name = `${keyName}.${crypto.randomUUID()}`;
    await inKeys('readwrite', (keys) => keys.put(key, name));
    sessionStorage.setItem(item, JSON.stringify({ name, iv: toBase64(iv), encrypted: toBase64(encrypted) }));
  } catch {
    // Without storage the user can still sign in.
    sessionStorage.removeItem(item);
  }
}

/** Returns the credentials that this tab stored, if they can still be read. */
export async function readCredentials(): Promise<Credentials | undefined> {
  const stored = sessionStorage.getItem(item);
  if (stored === null || !canStore()) return undefined;
  try {
    const { name, iv, encrypted } = JSON.parse(stored) as { name: string; iv: string; encrypted: string };
    const key = await inKeys<CryptoKey | undefined>('readonly', (keys) => keys.get(name));
    if (key === undefined) return undefined;
    const text = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(iv) },
      key,
      fromBase64(encrypted),
    );
    return JSON.parse(new TextDecoder().decode(text)) as Credentials;
  } catch {
    // Unreadable credentials count as absent: the user signs in again.
    return undefined;
  }
}

export async function forgetCredentials(): Promise<void> {
  const stored = sessionStorage.getItem(item);
  sessionStorage.removeItem(item);
  if (stored === null || !canStore()) return;
  const { name } = JSON.parse(stored) as { name: string };
  await inKeys('readwrite', (keys) => keys.delete(name));
}

const canStore = (): boolean => globalThis.isSecureContext && 'indexedDB' in globalThis;

/** Makes one request on the browser's store of keys, which holds `CryptoKey`s that cannot be exported. */
function inKeys<Result>(
  mode: IDBTransactionMode,
  ask: (keys: IDBObjectStore) => IDBRequest,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(database, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const request = ask(opening.result.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result as Result);
      request.onerror = () => reject(request.error);
    };
  });
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
