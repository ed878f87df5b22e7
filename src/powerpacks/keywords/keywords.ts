// Keywords: the words of opting out, of opting in and of help in each language, and what is said in return. Pure.
import type { SenderKind } from '../powerpack.ts';

/** Opting out stands first: a text that could be both opts out. */
export const intents = ['optout', 'optin', 'help'] as const;
export type Intent = (typeof intents)[number];

export const languages = ['en', 'fr', 'es'] as const;
export type Language = (typeof languages)[number];

/**
 * The English words are the union of what the vendor's pages have named over time (wire-data-plane section 13), and of what the US rules
 * of 2025 name. They count everywhere: networks know them too.
 */
export const wordsOf: Readonly<Record<Language, Readonly<Record<Intent, readonly string[]>>>> = {
  en: {
    optout: [
      ...['stop', 'stopall', 'stop all', 'end', 'quit', 'cancel', 'unsub', 'unsubscribe'],
      ...['revoke', 'optout', 'opt out', 'opt-out'],
    ],
    optin: ['start', 'unstop', 'yes', 'resume', 'resume all', 'go'],
    help: ['help', 'info'],
  },
  fr: {
    optout: [
      ...['arret', 'arrêt', 'arreter', 'arrêter', 'arretez', 'arrêtez', 'desabonner', 'désabonner'],
      ...['desabonnement', 'désabonnement', 'desinscrire', 'désinscrire', 'desinscription', 'désinscription'],
    ],
    optin: ['oui', 'debut', 'début', 'commencer', 'recommencer', 'reprendre', 'reabonner', 'réabonner'],
    help: ['aide'],
  },
  es: {
    optout: ['alto', 'basta', 'parar', 'cancelar', 'baja', 'detener', 'anular', 'no más', 'no mas'],
    optin: ['alta', 'iniciar', 'comenzar', 'reanudar', 'sí', 'si'],
    help: ['ayuda'],
  },
};

/** Characters without a picture of their own: marks of direction, joiners, fillers, controls. White space is not among them. */
const invisible = /(?!\p{White_Space})[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]/gu;
/** Punctuation, and the signs that people use as quotes and brackets. Emoji say something and are not among them. */
const isAround = /[\p{White_Space}\p{P}\p{Sk}<>|+=~$]/u;

/**
 * Returns a text as keywords are compared: without blanks, punctuation and quotes around it and invisible characters, in small letters. One
 * word more makes it another text: "Stop. Thank you" is no "stop", nor is "Stop it!".
 */
export function plainWord(text: string): string {
  const characters = [...text.replace(invisible, '')];
  const isOfWord = (character: string) => !isAround.test(character);
  const word = characters
    .slice(characters.findIndex(isOfWord), characters.findLastIndex(isOfWord) + 1)
    .join('');
  const plain = word.replace(/\p{White_Space}+/gu, ' ').replace(/\p{Pd}/gu, '-');
  // Small letters, not capitals: "ſtop" and "quıt" would be STOP and QUIT in capitals.
  return plain.toLowerCase();
}

/** The US with its territories, and Canada: American Samoa, Guam, the Northern Marianas, Puerto Rico, the US Virgin Islands. */
const keywordCountries: ReadonlySet<string> = new Set(['US', 'CA', 'AS', 'GU', 'MP', 'PR', 'VI']);

/** Returns whether a number of ours follows keywords: long codes and toll-free numbers of the US and Canada do (wire-data-plane section 13). */
export const followsKeywords = (number: {
  readonly kind: SenderKind;
  readonly countryIso2: string;
}): boolean => number.kind !== 'shortcode' && keywordCountries.has(number.countryIso2);

/**
 * Replies to keywords. The English answers to stop and help are the vendor's; what it says to those who start again is not known, so that one
 * is ours (wire-data-plane section 13), and so are those of other languages. Each is one segment of GSM-7, which has no ê and no í.
 */
export const defaultAnswersOf: Readonly<Record<Language, Readonly<Record<Intent, string>>>> = {
  en: {
    optout: 'You have been unsubscribed and will not receive any more messages from this number.',
    optin: 'You have been subscribed again and will receive messages from this number.',
    help: 'Text STOP to stop receiving messages from this number. Message and data rates may apply.',
  },
  fr: {
    optout: 'Vous ne recevrez plus de messages de ce numéro. Répondez START pour en recevoir à nouveau.',
    optin: 'Vous recevrez à nouveau des messages de ce numéro. Répondez STOP pour ne plus en recevoir.',
    help: 'Répondez STOP pour ne plus recevoir de messages de ce numéro. Des frais sont possibles.',
  },
  es: {
    optout: 'Se ha dado de baja. No le enviaremos otros mensajes de este remitente. START para volver.',
    optin: 'Se ha dado de alta. Vuelve a recibir mensajes de este remitente. STOP para darse de baja.',
    help: 'Responda STOP para no recibir mensajes de este remitente. Pueden aplicarse tarifas de mensajes.',
  },
};
